using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Scripting.Hosting;

namespace Urial.Notebooks;

/// <summary>
/// Binds <c>#r</c> and everything that follows from it to the assemblies of this very process. A library that the
/// process has, under whatever path, is never loaded a second time: a cell's <c>ModelPair</c> is the host's
/// <c>ModelPair</c>, there is one libtorch, and a formatter registered by either side counts for both.
/// </summary>
internal sealed class HostReferences : MetadataReferenceResolver
{
    private static readonly IReadOnlyDictionary<string, string> HostFiles =
        ((string?)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES") ?? "")
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .GroupBy(file => Path.GetFileNameWithoutExtension(file), StringComparer.OrdinalIgnoreCase)
            .ToDictionary(files => files.Key, files => files.First(), StringComparer.OrdinalIgnoreCase);

    private readonly string _folder;
    private readonly InteractiveAssemblyLoader _loader;
    private readonly ConcurrentDictionary<string, PortableExecutableReference?> _resolved = new(StringComparer.OrdinalIgnoreCase);

    /// <param name="folder">The notebook's folder, from which relative paths start.</param>
    /// <param name="loader">Told of every host assembly that a cell may use.</param>
    public HostReferences(string folder, InteractiveAssemblyLoader loader)
    {
        _folder = folder;
        _loader = loader;
    }

    public override bool ResolveMissingAssemblies => true;

    public override ImmutableArray<PortableExecutableReference> ResolveReference(
        string reference, string? baseFilePath, MetadataReferenceProperties properties)
    {
        var file = FileOf(_folder, reference);
        var name = file is null ? reference : Path.GetFileNameWithoutExtension(file);
        return Resolve(name, file) is { } resolved ? [resolved.WithProperties(properties)] : [];
    }

    public override PortableExecutableReference? ResolveMissingAssembly(MetadataReference definition, AssemblyIdentity referenceIdentity)
    {
        var folder = definition is PortableExecutableReference { FilePath: { } path } ? Path.GetDirectoryName(path) : null;
        var file = folder is null ? null : Path.Combine(folder, referenceIdentity.Name + ".dll");
        return Resolve(referenceIdentity.Name, File.Exists(file) ? file : null);
    }

    /// <summary>The file that <c>#r "<paramref name="reference"/>"</c> means, or null where it names no file.</summary>
    public static string? FileOf(string folder, string reference)
    {
        var path = Path.GetFullPath(reference.Replace('\\', '/'), folder);
        return File.Exists(path) ? path : null;
    }

    public override bool Equals(object? other) => ReferenceEquals(this, other);

    public override int GetHashCode() => RuntimeHelpers.GetHashCode(this);

    private PortableExecutableReference? Resolve(string name, string? file) => _resolved.GetOrAdd(name, _ =>
    {
        if (HostAssembly(name) is { Location.Length: > 0 } host)
        {
            _loader.RegisterDependency(host);
            return MetadataReference.CreateFromFile(host.Location);
        }
        return file is null ? null : MetadataReference.CreateFromFile(file);
    });

    /// <summary>The process's assembly of this name: loaded already, or one that its own code would load.</summary>
    private static Assembly? HostAssembly(string name)
    {
        var loaded = AssemblyLoadContext.Default.Assemblies
            .FirstOrDefault(a => !a.IsDynamic && string.Equals(a.GetName().Name, name, StringComparison.OrdinalIgnoreCase));
        return loaded ?? (HostFiles.ContainsKey(name) ? Assembly.Load(name) : null);
    }
}
