namespace Urial;

/// <summary>The style sheet of the heat map: fixed class names, so that the same answer is the same bytes.</summary>
internal static class HeatmapStyle
{
    /// <summary>
    /// The sheet, once in each view. The card is the token's own aria-label, drawn under its line over the whole
    /// width, where no edge can cut it; it lets the pointer through, so that the tokens below stay within reach.
    /// </summary>
    public static string Sheet { get; } = string.Concat(
        "<style>",
        $".urial-heat{{position:relative;max-width:1000px;box-sizing:border-box;padding:10px "
            + $"14px;background:{Theme.Paper};color:{Theme.Ink};",
        $"border:1px solid {Theme.Grid};border-radius:6px;font:16px/1.5 {Theme.Font.Replace('"', '\'')}}}",
        ".urial-heat p{margin:0 0 6px;background:none;color:inherit}",
        $".urial-heat .n{{color:{Theme.Muted};font-size:14px}}",
        ".urial-heat .t{margin:4px 0 8px;line-height:2.05;word-spacing:-.16em}",
        ".urial-heat .t span{display:inline-block;line-height:1.4;padding:0 2px;border-radius:3px 3px 0 0;border-bottom:3px solid "
            + "transparent;",
        "max-width:100%;overflow-wrap:anywhere}",
        Class(".u", ShiftClass.Unshifted, "3px solid transparent"),
        Class(".m", ShiftClass.Marginal, "3px dotted #a86f00"),
        Class(".s", ShiftClass.Shifted, $"3px solid {Theme.Color(ShiftClass.Shifted)}"),
        ".urial-heat sup{font-size:.68em;line-height:0;vertical-align:.4em;color:#8a3c00}",
        ".urial-heat sub{font-size:.65em;line-height:0;vertical-align:-.35em;font-weight:bold}",
        ".urial-heat i{font-style:normal;color:#5f5f5f}",
        $".urial-heat .t span:hover,.urial-heat .t span:focus{{outline:2px solid {Theme.Ink}}}",
        ".urial-heat .t span[aria-label]:hover::after,.urial-heat .t span[aria-label]:focus::after{content:attr(aria-label);display:block;",
        $"position:absolute;left:14px;right:14px;z-index:8;margin-top:7px;padding:8px "
            + $"12px;border-radius:5px;background:{Theme.Ink};color:#fff;",
        $"font:14px/1.4 {Theme.MonoFont.Replace('"', '\'')};white-space:pre-wrap;word-spacing:normal;pointer-events:none}}",
        ".urial-heat .t span[aria-label]:hover::after{z-index:9}",
        ".urial-heat .h::after{content:'Point at a token, or tab to it: its numbers appear.'}",
        ".urial-heat .r{min-height:100px}.urial-heat .n span{white-space:nowrap;padding:0 2px}",
        ".urial-heat.c{font-size:14px}.urial-heat.c .t{line-height:1.9}.urial-heat.c .r{min-height:95px}",
        "</style>");

    private static string Class(string name, ShiftClass shift, string underline) =>
        $".urial-heat .t {name},.urial-heat .n {name}{{background:{Theme.Tint(shift)};border-bottom:{underline};color:{Theme.Ink}}}";
}
