using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Urial.Notebooks;

/// <summary>Colours C# lightly: keywords, strings, numbers, comments and directives.</summary>
internal static class CodeHtml
{
    private static readonly CSharpParseOptions Script = new(kind: SourceCodeKind.Script);

    /// <summary>The code as HTML, every character escaped.</summary>
    public static string Of(string source)
    {
        var html = new StringBuilder();
        foreach (var token in CSharpSyntaxTree.ParseText(source, Script).GetRoot().DescendantTokens())
        {
            foreach (var trivia in token.LeadingTrivia)
                Append(html, trivia.ToFullString(), Class(trivia));
            Append(html, token.Text, Class(token));
            foreach (var trivia in token.TrailingTrivia)
                Append(html, trivia.ToFullString(), Class(trivia));
        }
        return html.ToString();
    }

    private static void Append(StringBuilder html, string text, char kind)
    {
        if (kind == ' ' || text.Length == 0)
            html.Append(PageText.Html(text));
        else
            html.Append("<span class=\"").Append(kind).Append("\">").Append(PageText.Html(text)).Append("</span>");
    }

    private static char Class(SyntaxToken token) => token.Kind() switch
    {
        SyntaxKind.NumericLiteralToken => 'n',
        SyntaxKind.StringLiteralToken or SyntaxKind.CharacterLiteralToken or SyntaxKind.SingleLineRawStringLiteralToken
            or SyntaxKind.MultiLineRawStringLiteralToken or SyntaxKind.InterpolatedStringStartToken
            or SyntaxKind.InterpolatedStringTextToken
            or SyntaxKind.InterpolatedStringEndToken or SyntaxKind.InterpolatedVerbatimStringStartToken
            or SyntaxKind.InterpolatedSingleLineRawStringStartToken or SyntaxKind.InterpolatedMultiLineRawStringStartToken
            or SyntaxKind.InterpolatedRawStringEndToken => 's',
        SyntaxKind.IdentifierToken when token.Text == "var" => 'k',
        var kind when SyntaxFacts.IsKeywordKind(kind) => 'k',
        _ => ' ',
    };

    private static char Class(SyntaxTrivia trivia) => trivia.Kind() switch
    {
        SyntaxKind.SingleLineCommentTrivia or SyntaxKind.MultiLineCommentTrivia or SyntaxKind.SingleLineDocumentationCommentTrivia
            or SyntaxKind.DisabledTextTrivia => 'c',
        _ when trivia.IsDirective => 'd',
        _ => ' ',
    };
}
