namespace Urial;

/// <summary>
/// The one place that decides colours, glyphs, fonts and sizes of every view. Colours are from the Okabe–Ito and
/// Tol palettes, which colour-blind readers can tell apart; nothing is said by colour alone.
/// </summary>
internal static class Theme
{
    /// <summary>Text on the light background.</summary>
    public const string Ink = "#1b1b1b";

    /// <summary>Secondary text: captions, notes.</summary>
    public const string Muted = "#555555";

    /// <summary>Background of every view, set explicitly so that a view reads in a dark notebook too.</summary>
    public const string Paper = "#ffffff";

    /// <summary>Grid lines and borders.</summary>
    public const string Grid = "#d9d9d9";

    /// <summary>The base model in two-model charts.</summary>
    public const string Base = "#8c8c8c";

    /// <summary>The aligned model in two-model charts.</summary>
    public const string Aligned = "#882255";

    /// <summary>Font of prose and axes; DejaVu first, because pictures are made on Debian.</summary>
    public const string Font = "\"DejaVu Sans\",Verdana,\"Segoe UI\",sans-serif";

    /// <summary>Font of tokens and cards.</summary>
    public const string MonoFont = "\"DejaVu Sans Mono\",Consolas,Menlo,monospace";

    /// <summary>Size of chart text in pixels: readable when projected.</summary>
    public const int FontSize = 16;

    /// <summary>Size of chart titles in pixels.</summary>
    public const int TitleSize = 20;

    /// <summary>Colours of series that have no meaning of their own, in order of use.</summary>
    public static IReadOnlyList<string> Series { get; } =
        ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#1b1b1b"];

    /// <summary>Line styles to go with <see cref="Series"/>, so that lines differ without colour.</summary>
    public static IReadOnlyList<string> Dashes { get; } = ["solid", "dash", "dot", "dashdot", "longdash", "longdashdot", "solid"];

    /// <summary>The strong colour of a shift class: bars, underlines.</summary>
    public static string Color(ShiftClass shift) => shift switch
    {
        ShiftClass.Unshifted => "#0072b2",
        ShiftClass.Marginal => "#e69f00",
        ShiftClass.Shifted => "#d55e00",
        _ => throw new ArgumentOutOfRangeException(nameof(shift), shift, "Not a shift class."),
    };

    /// <summary>The pale colour of a shift class, behind text.</summary>
    public static string Tint(ShiftClass shift) => shift switch
    {
        ShiftClass.Unshifted => "#e6f0f7",
        ShiftClass.Marginal => "#fdeac4",
        ShiftClass.Shifted => "#f7c6a8",
        _ => throw new ArgumentOutOfRangeException(nameof(shift), shift, "Not a shift class."),
    };

    /// <summary>The mark before a token that says its class without colour: nothing, ○, ▲.</summary>
    public static string Glyph(ShiftClass shift) => shift switch
    {
        ShiftClass.Unshifted => "",
        ShiftClass.Marginal => "○",
        ShiftClass.Shifted => "▲",
        _ => throw new ArgumentOutOfRangeException(nameof(shift), shift, "Not a shift class."),
    };

    /// <summary>The base ranks of a class, as legends say them.</summary>
    public static string Ranks(ShiftClass shift) => shift switch
    {
        ShiftClass.Unshifted => "base rank 1",
        ShiftClass.Marginal => "base rank 2–3",
        ShiftClass.Shifted => "base rank > 3",
        _ => throw new ArgumentOutOfRangeException(nameof(shift), shift, "Not a shift class."),
    };

    /// <summary>The colour of a token label (name, fact, glue, style); grey for any other.</summary>
    public static string LabelColor(string? label) => label switch
    {
        "name" => "#2e7fb0",
        "fact" => "#117733",
        "glue" => "#777777",
        "style" => "#aa4499",
        _ => Muted,
    };

    /// <summary>What a prompt's part is, without colour: a mark and, of examples and turns, a number.</summary>
    public static string Glyph(PromptPart part) => part.Kind switch
    {
        PromptPartKind.System => "§",
        PromptPartKind.ExampleQuery => $"Q{part.Number}",
        PromptPartKind.ExampleAnswer => $"A{part.Number}",
        PromptPartKind.EarlierQuery => $"q{part.Number}",
        PromptPartKind.EarlierAnswer => $"a{part.Number}",
        PromptPartKind.Query => "?",
        _ => "│",
    };

    /// <summary>A prompt's part in words.</summary>
    public static string Name(PromptPart part) => part.Kind switch
    {
        PromptPartKind.System => "system text",
        PromptPartKind.ExampleQuery => $"query of example {part.Number}",
        PromptPartKind.ExampleAnswer => $"answer of example {part.Number}",
        PromptPartKind.EarlierQuery => $"query of turn {part.Number}",
        PromptPartKind.EarlierAnswer => $"answer of turn {part.Number}",
        PromptPartKind.Query => "the query",
        _ => "frame",
    };
}
