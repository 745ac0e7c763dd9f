using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Urial.Notebooks;

/// <summary>Finds what would not work in every host, or not at all, before the compiler says it less clearly.</summary>
internal static class CellDirectives
{
    /// <summary>The first fault of a cell, or null.</summary>
    public static (int Line, string Message)? Fault(SyntaxTree cell, string folder)
    {
        var text = cell.GetText();
        foreach (var line in text.Lines)
            if (line.ToString().TrimStart().StartsWith("#!", StringComparison.Ordinal))
                return (line.LineNumber + 1, $"'{line.ToString().Trim()}' is a magic command, which only one kernel understands: write it in C#.");

        foreach (var directive in ((CompilationUnitSyntax)cell.GetRoot()).GetReferenceDirectives())
        {
            var file = directive.File.ValueText;
            var line = directive.GetLocation().GetLineSpan().StartLinePosition.Line + 1;
            if (file.StartsWith("nuget:", StringComparison.OrdinalIgnoreCase))
                return (line, $"#r \"{file}\" would fetch a package while the notebook runs: reference ../lib/bin/Urial.dll, which brings its packages along.");
            if (Path.GetExtension(file) == ".dll" && HostReferences.FileOf(folder, file) is null)
                return (line, $"#r \"{file}\": there is no such file beside this notebook. Build the library first: dotnet build, in the repository's folder.");
        }
        return null;
    }
}
