using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Reflection.PortableExecutable;
using Microsoft.CodeAnalysis;

namespace Urial.Notebooks.Host;

/// <summary>
/// Finds the assemblies that cells refer to where the kernel does, and reads of each its metadata alone, once. The kernel's own way keeps
/// a copy of whole files, of 150 MB in a chapter, most of it compiled code that no compiler looks at.
/// </summary>
/// <param name="others">Finds what is neither a file's path nor one of the runtime's or the kernel's own assemblies.</param>
internal sealed class MetadataReferences(MetadataReferenceResolver others) : MetadataReferenceResolver
{
    private static readonly Dictionary<string, string> Known =
        ((string?)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .ToLookup(file => Path.GetFileNameWithoutExtension(file), StringComparer.OrdinalIgnoreCase)
        .ToDictionary(files => files.Key, files => files.First(), StringComparer.OrdinalIgnoreCase);

    private readonly ConcurrentDictionary<string, AssemblyMetadata> _read = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public override bool ResolveMissingAssemblies => true;

    /// <inheritdoc/>
    public override ImmutableArray<PortableExecutableReference> ResolveReference(
        string reference, string? baseFilePath, MetadataReferenceProperties properties)
    {
        var file = Path.IsPathFullyQualified(reference) ? reference : Known.GetValueOrDefault(reference);
        if (file is not null && Read(file, properties) is { } read)
            return [read];
        return [.. others.ResolveReference(reference, baseFilePath, properties)
            .Select(found => Read(found.FilePath, found.Properties) ?? found)];
    }

    /// <inheritdoc/>
    public override PortableExecutableReference? ResolveMissingAssembly(MetadataReference definition, AssemblyIdentity referenceIdentity)
    {
        var beside = definition is PortableExecutableReference { FilePath: { } by }
            ? Path.Combine(Path.GetDirectoryName(by)!, referenceIdentity.Name + ".dll") : null;
        return Read(Known.GetValueOrDefault(referenceIdentity.Name) ?? beside, MetadataReferenceProperties.Assembly)
            ?? others.ResolveMissingAssembly(definition, referenceIdentity);
    }

    /// <inheritdoc/>
    public override bool Equals(object? other) => ReferenceEquals(this, other);

    /// <inheritdoc/>
    public override int GetHashCode() => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(this);

    /// <returns>Null where the file is none or is no assembly: the kernel's way has the words for it.</returns>
    private PortableExecutableReference? Read(string? file, MetadataReferenceProperties properties)
    {
        try
        {
            return File.Exists(file) ? _read.GetOrAdd(file, Metadata).GetReference(filePath: file).WithProperties(properties) : null;
        }
        catch (Exception e) when (e is BadImageFormatException or IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static AssemblyMetadata Metadata(string file) =>
        AssemblyMetadata.Create(ModuleMetadata.CreateFromStream(File.OpenRead(file), PEStreamOptions.PrefetchMetadata));
}
