namespace Urial;

/// <summary>The style sheet of prompt views: fixed class names, so that the same prompt is the same bytes.</summary>
internal static class PromptSheet
{
    /// <summary>The sheet, once in each view.</summary>
    public static string Style { get; } = string.Concat(
        "<style>",
        $".urial-prompt{{max-width:1000px;box-sizing:border-box;padding:10px 14px;background:{Theme.Paper};color:{Theme.Ink};",
        $"border:1px solid {Theme.Grid};border-radius:6px;font:16px/1.5 {Theme.Font.Replace('"', '\'')}}}",
        ".urial-prompt p{margin:0 0 6px;background:none;color:inherit}",
        $".urial-prompt .n{{color:{Theme.Muted};font-size:14px}}",
        $".urial-prompt .t{{white-space:pre-wrap;overflow-wrap:anywhere;font:14px/1.45 {Theme.MonoFont.Replace('"', '\'')}}}",
        ".urial-prompt .t span{display:block;padding:2px 8px 4px;border-left:4px solid #777;color:#1b1b1b}",
        $".urial-prompt .t b{{display:block;font:bold 13px/1.5 {Theme.Font.Replace('"', '\'')}}}",
        ".urial-prompt .t i{font-style:normal;color:#5f5f5f}",
        "</style>");
}
