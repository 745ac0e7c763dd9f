namespace Urial;

/// <summary>
/// The colours of HTML views as CSS variables, each with the light value of <see cref="Theme"/> to fall back on: a page that is dark sets
/// them (<c>--urial-paper</c>, <c>--urial-ink</c> …), and so do the sheets themselves in the notebooks that say they are dark; a host that
/// does neither shows the light ones.
/// </summary>
internal static class Css
{
    public const string Paper = $"var(--urial-paper,{Theme.Paper})";
    public const string Ink = $"var(--urial-ink,{Theme.Ink})";
    public const string Muted = $"var(--urial-muted,{Theme.Muted})";
    public const string Grid = $"var(--urial-grid,{Theme.Grid})";

    /// <summary>
    /// The variables in a dark VS Code and a dark JupyterLab, where the live charts turn dark too. A page that sets its own has no such
    /// element.
    /// </summary>
    public const string DarkHosts =
        ".vscode-dark,.vscode-high-contrast:not(.vscode-high-contrast-light),[data-jp-theme-light=false]{--urial-paper:#1b1e22;"
        + "--urial-ink:#e4e4e4;--urial-muted:#b9bdc2;--urial-grid:#43484f;--urial-unshifted:#1d3140;--urial-marginal:#4a3a12;"
        + "--urial-shifted:#66331a;--urial-marginal-line:#e0ab3c;--urial-shifted-line:#ff8a4c}";

    // Double quotes would end the attribute that a style may stand in.
    public static string Font { get; } = Theme.Font.Replace('"', '\'');
    public static string MonoFont { get; } = Theme.MonoFont.Replace('"', '\'');

    /// <summary>The pale colour of a shift class, behind text.</summary>
    public static string Tint(ShiftClass shift) => $"var(--urial-{shift.Name()},{Theme.Tint(shift)})";

    /// <summary>The line under a token of a shift class: dotted marginal, solid shifted, and none that shows when unshifted.</summary>
    public static string Underline(ShiftClass shift) => shift switch
    {
        ShiftClass.Unshifted => "3px solid transparent",
        ShiftClass.Marginal => "3px dotted var(--urial-marginal-line,#a86f00)",
        _ => $"3px solid var(--urial-shifted-line,{Theme.Color(shift)})",
    };

    /// <summary>A colour made as pale behind text as the paper is light or dark, where no variable stands for it.</summary>
    public static string Pale(string color) => $"color-mix(in srgb,{color} 16%,{Paper})";

    /// <summary>Text of a view as HTML that keeps its lines where styles are stripped.</summary>
    public static string Lines(string text) => Markup.Html(text).Replace("\n", "<br>");
}
