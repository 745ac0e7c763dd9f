using Microsoft.AspNetCore.Html;

namespace Urial.Notebooks;

/// <summary>The functions that every C# cell has without asking, named and behaving as in the .NET Interactive kernel.</summary>
public static class CellGlobals
{
    /// <summary>Shows a value below the running cell.</summary>
    /// <param name="value">Anything; its formatters decide how it looks.</param>
    /// <param name="mimeTypes">The forms to show it in; without any, those its type prefers.</param>
    public static DisplayedValue display(object? value, params string[] mimeTypes) => CellOutputs.Running.Display(value, mimeTypes);

    /// <summary>Shows a value below the running cell.</summary>
    public static DisplayedValue Display(this object? value, params string[] mimeTypes) => display(value, mimeTypes);

    /// <summary>Shows text that is already in the form <paramref name="mimeType"/>.</summary>
    public static DisplayedValue DisplayAs(this string value, string mimeType) => CellOutputs.Running.DisplayAs(value, mimeType);

    /// <summary>Text that is shown as HTML instead of being escaped.</summary>
    public static IHtmlContent HTML(string content) => new HtmlString(content);
}
