namespace Urial;

/// <summary>How the parts of a written answer are marked, and the style sheet of their view: fixed class names, one set of bytes.</summary>
internal static class AlignmentDataSheet
{
    /// <summary>The parts' classes and words, in the order of the text.</summary>
    public static IReadOnlyList<(string Class, string Word)> Parts { get; } =
        [.. new[] { AnswerSegment.Opener, AnswerSegment.Body, AnswerSegment.Closer }.Select(part => (part.Name()[..1], part.Name()))];

    /// <summary>The sheet, once in each view.</summary>
    public static string Style { get; } = string.Concat(
        "<style>",
        Css.DarkHosts,
        $".urial-written{{max-width:1000px;box-sizing:border-box;padding:10px 14px;background:{Css.Paper};color:{Css.Ink};",
        $"border:1px solid {Css.Grid};border-radius:6px;font:16px/1.5 {Css.Font}}}",
        ".urial-written p{margin:6px 0;background:none;color:inherit}.urial-written summary{cursor:pointer}",
        $".urial-written .n{{color:{Css.Muted};font-size:14px}}.urial-written .q{{margin-top:10px}}",
        ".urial-written .t{white-space:pre-wrap;overflow-wrap:anywhere;font-size:14px}",
        ".urial-written .n span{padding:0 8px}.urial-written .t div{margin:0 0 4px;padding:2px 8px 4px}",
        ".urial-written .t p{margin:0;font-size:13px}.urial-written .t blockquote{margin:0;padding:0;border:0;color:inherit}",
        $".urial-written .o{{background:{Css.Tint(ShiftClass.Unshifted)};color:{Css.Ink};border-left:5px solid #0072b2}}",
        $".urial-written .b{{background:{Css.Pale("#777777")};color:{Css.Ink};border-left:5px double {Css.Muted}}}",
        $".urial-written .c{{background:{Css.Tint(ShiftClass.Marginal)};color:{Css.Ink};",
        "border-left:5px dashed var(--urial-marginal-line,#a86f00)}",
        "</style>");

    /// <summary>A part's class and word; of an answer whose parts are not known, the whole.</summary>
    public static (string Class, string Word) Part(WrittenExample example, AnswerSegment segment) =>
        example.HasParts ? Parts[(int)segment] : (Parts[(int)AnswerSegment.Body].Class, "answer");
}
