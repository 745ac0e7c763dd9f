using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.DotNet.Interactive.Formatting;

namespace Urial.Notebooks;

/// <summary>
/// Turns a value into the forms that are saved: those its formatters prefer, and always plain text.
/// The formatters' own style sheet and the HTML wrapper around plain text are left out: they are the same for every
/// value, and every host brings its own. A <see cref="Figure"/> is saved as its JSON and its words, and gets its picture
/// from <see cref="FigurePictures"/>; the script that shows it in a live kernel is never saved.
/// </summary>
internal static partial class OutputForms
{
    public static DisplayOutput Of(object? value, string[] mimeTypes, int? executionCount = null)
    {
        if (value is Figure figure)
            return new DisplayOutput(
                [new(MimeTypes.Plotly, JsonNode.Parse(figure.PlotlyJson)!), new(MimeTypes.Text, JsonValue.Create(figure.ToString().Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n')))], executionCount);
        if (mimeTypes.Length == 0)
            mimeTypes = value is null ? [MimeTypes.Text] : [.. Formatter.GetPreferredMimeTypesFor(value.GetType()), MimeTypes.Text];
        var forms = new Dictionary<string, JsonNode>(StringComparer.Ordinal);
        foreach (var mimeType in mimeTypes.Distinct(StringComparer.Ordinal))
            if (Form(value, mimeType) is { } form)
                forms[mimeType] = form;
        if (forms.Count == 0)
            forms[MimeTypes.Text] = Form(value, MimeTypes.Text)!;
        return new DisplayOutput(forms, executionCount);
    }

    private static JsonNode? Form(object? value, string mimeType)
    {
        var text = Formatter.ToDisplayString(value, mimeType).Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n');
        if (MimeTypes.IsJson(mimeType))
            return JsonNode.Parse(text);
        if (mimeType != MimeTypes.Html)
            return JsonValue.Create(text);
        text = FormatterStyle().Replace(text, "");
        return PlainWrapper().IsMatch(text) || text.Contains("<script", StringComparison.OrdinalIgnoreCase) ? null : JsonValue.Create(text);
    }

    [GeneratedRegex(@"<style>\s*\.dni-code-hint.*?</style>", RegexOptions.Singleline)]
    private static partial Regex FormatterStyle();

    [GeneratedRegex(@"\A<div class=""dni-plaintext""><pre>[^<]*</pre></div>\z")]
    private static partial Regex PlainWrapper();
}
