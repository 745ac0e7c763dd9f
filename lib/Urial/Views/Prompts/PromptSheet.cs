namespace Urial;

/// <summary>
/// The style sheet of prompt views, and a part as a block: fixed class names, so that the same prompt is the same bytes. A part is a
/// paragraph with its mark and name above a quotation, so that parts stay apart where styles are stripped.
/// </summary>
internal static class PromptSheet
{
    /// <summary>The sheet, once in each view.</summary>
    public static string Style { get; } = string.Concat(
        "<style>",
        Css.DarkHosts,
        $".urial-prompt{{max-width:1000px;box-sizing:border-box;padding:10px 14px;background:{Css.Paper};color:{Css.Ink};",
        $"border:1px solid {Css.Grid};border-radius:6px;font:16px/1.5 {Css.Font}}}",
        ".urial-prompt p{margin:0 0 6px;background:none;color:inherit}",
        $".urial-prompt .n{{color:{Css.Muted};font-size:14px}}",
        $".urial-prompt .t{{white-space:pre-wrap;overflow-wrap:anywhere;font:14px/1.45 {Css.MonoFont}}}",
        $".urial-prompt .t p{{margin:0;font:bold 13px/1.5 {Css.Font};white-space:normal}}",
        ".urial-prompt .t blockquote{margin:0;padding:0;border:0;background:none;color:inherit}",
        $".urial-prompt .x{{margin-bottom:2px;padding:2px 8px 4px;border-left:4px solid {Css.Muted};color:{Css.Ink}}}",
        $".urial-prompt .k{{color:{Css.Muted};padding-left:12px}}",
        $".urial-prompt .s{{background:{Css.Tint(ShiftClass.Marginal)}}}.urial-prompt .q{{background:{Css.Tint(ShiftClass.Shifted)}}}",
        $".urial-prompt .eq{{background:{Css.Tint(ShiftClass.Unshifted)}}}.urial-prompt .ea{{background:{Css.Pale("#009e73")}}}",
        $".urial-prompt .tq{{background:{Css.Pale("#7b4fa3")}}}.urial-prompt .ta{{background:{Css.Pale("#aa4499")}}}",
        $".urial-prompt .same{{background:{Css.Paper};border-left:4px double {Css.Muted}}}",
        $".urial-prompt .moved{{background:{Css.Tint(ShiftClass.Unshifted)};border-left:4px dotted {Css.Muted}}}",
        $".urial-prompt .gone{{background:{Css.Tint(ShiftClass.Shifted)};border-left:4px dashed {Css.Ink}}}",
        $".urial-prompt .new{{background:{Css.Pale("#009e73")};border-left:4px solid {Css.Ink}}}",
        "</style>");

    /// <summary>The class of a part's kind.</summary>
    public static string Class(PromptPartKind kind) => kind switch
    {
        PromptPartKind.System => "s",
        PromptPartKind.ExampleQuery => "eq",
        PromptPartKind.ExampleAnswer => "ea",
        PromptPartKind.EarlierQuery => "tq",
        PromptPartKind.EarlierAnswer => "ta",
        PromptPartKind.Query => "q",
        _ => "k",
    };

    /// <summary>A part under its heading.</summary>
    public static string Block(string @class, string heading, string text) =>
        $"<div class=\"x {@class}\"><p><b>{Markup.Html(heading)}</b></p><blockquote>{Css.Lines(text)}</blockquote></div>";
}
