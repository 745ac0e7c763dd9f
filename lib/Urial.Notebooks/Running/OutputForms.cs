using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Urial.Notebooks;

/// <summary>
/// Chooses, from the forms in which the kernel shows a value, those that are saved. The formatters' own style sheet and the HTML
/// wrapper around plain text are left out: they are the same for every value, and every host brings its own. Script is never saved
/// as HTML: a <see cref="Figure"/> is saved as its JSON and its words, and gets its picture from <see cref="FigurePictures"/>.
/// </summary>
internal static partial class OutputForms
{
    /// <summary>The saved output, or null where nothing is left to save.</summary>
    /// <param name="texts">MIME type and content, in turn.</param>
    /// <param name="executionCount">The cell's number where the value is its last expression.</param>
    public static DisplayOutput? Of(IReadOnlyList<string> texts, int? executionCount)
    {
        var forms = new Dictionary<string, JsonNode>(StringComparer.Ordinal);
        foreach (var pair in texts.Chunk(2))
            if (Form(pair[0], CellText.Of(pair[1])) is { } form)
                forms[pair[0]] = form;
        return forms.Count > 0 ? new DisplayOutput(forms, executionCount) : null;
    }

    private static JsonNode? Form(string mimeType, string text)
    {
        if (MimeTypes.IsJson(mimeType))
            return Json(text);
        if (mimeType != MimeTypes.Html)
            return JsonValue.Create(text);
        text = FormatterStyle().Replace(text, "");
        return PlainWrapper().IsMatch(text) || text.Contains("<script", StringComparison.OrdinalIgnoreCase) ? null : JsonValue.Create(text);
    }

    // What a cell calls JSON and is none stays what it is: text.
    private static JsonNode? Json(string text)
    {
        try
        {
            return JsonNode.Parse(text);
        }
        catch (JsonException)
        {
            return JsonValue.Create(text);
        }
    }

    [GeneratedRegex(@"<style>\s*\.dni-code-hint.*?</style>", RegexOptions.Singleline)]
    private static partial Regex FormatterStyle();

    [GeneratedRegex(@"\A<div class=""dni-plaintext""><pre>[^<]*</pre></div>\z")]
    private static partial Regex PlainWrapper();
}
