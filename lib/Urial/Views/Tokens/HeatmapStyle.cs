namespace Urial;

/// <summary>The style sheet of the heat map: fixed class names, so that the same answer is the same bytes.</summary>
internal static class HeatmapStyle
{
    /// <summary>
    /// The sheet, once in each view. The card is the token's own aria-label. It is drawn below the answer's tokens, where it hides none of
    /// them: over the legend, or over the answer that follows. Where the answer is too long for both to be seen at once (and on a phone)
    /// it stands right below the token's line. It lets the pointer through, so that what is under it stays within reach.
    /// </summary>
    public static string Sheet { get; } = string.Concat(
        "<style>",
        Css.DarkHosts,
        $".urial-heat{{position:relative;max-width:1000px;box-sizing:border-box;padding:10px 14px;background:{Css.Paper};color:{Css.Ink};",
        $"border:1px solid {Css.Grid};border-radius:6px;font:16px/1.5 {Css.Font}}}",
        ".urial-heat p{margin:0 0 6px;background:none;color:inherit}",
        $".urial-heat .n{{margin:0;color:{Css.Muted};font-size:14px}}.urial-heat .n span{{white-space:nowrap;padding:0 2px}}",
        ".urial-heat .t{position:relative;margin:4px 0 8px;line-height:2.05;word-spacing:-.16em}",
        ".urial-heat .t span{display:inline-block;line-height:1.4;padding:0 2px;border-radius:3px 3px 0 0;max-width:100%;",
        "overflow-wrap:anywhere}",
        Class(ShiftClass.Unshifted),
        Class(ShiftClass.Marginal),
        Class(ShiftClass.Shifted),
        ".urial-heat sup{font-size:.68em;line-height:0;vertical-align:.4em}",
        ".urial-heat sub{font-size:.65em;line-height:0;vertical-align:-.35em;font-weight:bold}",
        $".urial-heat i{{font-style:normal;color:{Css.Muted}}}",
        $".urial-heat .t span:hover,.urial-heat .t span:focus{{outline:2px solid {Css.Ink}}}",
        ".urial-heat .t span[aria-label]:hover::after,.urial-heat .t span[aria-label]:focus::after{content:attr(aria-label);display:block;",
        $"position:absolute;left:0;right:0;top:100%;z-index:8;margin-top:4px;padding:6px 12px;border-radius:5px;background:{Css.Ink};",
        $"color:{Css.Paper};font:13px/1.35 {Css.MonoFont};white-space:pre-wrap;word-spacing:normal;pointer-events:none}}",
        ".urial-heat .t span[aria-label]:hover::after{z-index:9}",
        ".urial-heat .l span[aria-label]:hover::after,.urial-heat .l span[aria-label]:focus::after{top:auto;margin-top:7px}",
        ".urial-heat .t:has(span:hover)+.f p,.urial-heat .t:has(span:focus)+.f p{visibility:hidden}",
        ".urial-heat .f{min-height:88px}.urial-heat .h::after{content:'Point at a token: its numbers appear.'}",
        ".urial-heat.c{font-size:14px}.urial-heat.c .t{line-height:1.9}.urial-heat.c .f{min-height:80px}",
        "@media(max-width:700px){.urial-heat .t span[aria-label]:hover::after,.urial-heat .t span[aria-label]:focus::after{top:auto;",
        "margin-top:7px;font-size:12px}.urial-heat .f,.urial-heat.c .f{min-height:0}}",
        "@media print{.urial-heat .f,.urial-heat.c .f{min-height:0}.urial-heat .h::after{content:none}}",
        "</style>");

    private static string Class(ShiftClass shift)
    {
        var name = $".{shift.Name()[0]}";
        return $".urial-heat .t {name},.urial-heat .n {name}{{background:{Css.Tint(shift)};border-bottom:{Css.Underline(shift)};"
            + $"color:{Css.Ink}}}";
    }
}
