using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Urial.Tests.House;

/// <summary>Which folders of a project name types of which others: read from the sources, bound as the compiler binds them.</summary>
internal static class FolderArrows
{
    private const string ImplicitUsings = """
        global using System; global using System.Collections.Generic; global using System.IO; global using System.Linq;
        global using System.Net.Http; global using System.Threading; global using System.Threading.Tasks;
        """;

    /// <summary>For each pair of folders, a place where the first names a type of the second.</summary>
    /// <param name="project">The project's folder; its own sub-folders are the ends of the arrows.</param>
    /// <param name="below">
    /// Folders of projects that it uses: their folders are ends of arrows too, as <c>../Urial/Views</c>; without them, names from other
    /// projects make no arrows.
    /// </param>
    public static IReadOnlyDictionary<(string From, string To), string> Of(string project, params string[] below)
    {
        var trees = Sources(project);
        var compilation = CSharpCompilation.Create(
            "sources", [.. trees, .. below.SelectMany(Sources), CSharpSyntaxTree.ParseText(ImplicitUsings)], References(),
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true));
        var arrows = new Dictionary<(string, string), string>();
        foreach (var tree in trees)
        {
            var model = compilation.GetSemanticModel(tree);
            var from = Folder(project, tree.FilePath);
            foreach (var name in tree.GetRoot().DescendantNodes().OfType<SimpleNameSyntax>())
                if (Target(model.GetSymbolInfo(name).Symbol) is { } file && Folder(project, file) is var to && to != from)
                    arrows.TryAdd((from, to), FormattableString.Invariant(
                        $"{Path.GetFileName(tree.FilePath)}, line {tree.GetLineSpan(name.Span).StartLinePosition.Line + 1}: {name}"));
        }
        return arrows;
    }

    /// <summary>The project's folder that a file stands in, whatever folders there are below; empty for a file beside them.</summary>
    private static string Folder(string project, string file) =>
        Path.GetRelativePath(project, file).Split(Path.DirectorySeparatorChar) switch
        {
            ["..", var other, var folder, _, ..] => $"../{other}/{folder}",
            [var folder, _, ..] => folder,
            _ => "",
        };

    private static List<SyntaxTree> Sources(string project) => [.. Directory.GetFiles(project, "*.cs", SearchOption.AllDirectories)
        .Where(file => Folder(project, file) is not ("bin" or "obj"))
        .Select(file => CSharpSyntaxTree.ParseText(File.ReadAllText(file), path: file))];

    /// <summary>The file of the type that a name means, or whose member it means; null for names from other projects.</summary>
    private static string? Target(ISymbol? symbol)
    {
        if (symbol is IMethodSymbol { ReducedFrom: { } extension })
            symbol = extension;
        var type = symbol as INamedTypeSymbol ?? symbol?.ContainingType;
        while (type?.ContainingType is { } outer)
            type = outer;
        return type?.OriginalDefinition.DeclaringSyntaxReferences.FirstOrDefault()?.SyntaxTree.FilePath;
    }

    private static IEnumerable<MetadataReference> References() =>
        ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(file => Path.GetFileNameWithoutExtension(
                file) is not ("Urial" or "Urial.MicroWorld" or "Urial.Notebooks" or "Urial.Explore" or "Urial.Cli" or "Urial.Tests"))
            .Select(file => MetadataReference.CreateFromFile(file));
}
