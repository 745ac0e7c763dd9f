using System.Text;
using System.Text.RegularExpressions;

namespace Urial.Notebooks;

/// <summary>
/// Styles from a notebook: only such as fetch nothing and move nothing out of its place, and rules that reach no further than the output
/// they came with.
/// </summary>
internal static partial class SafeCss
{
    private static readonly HashSet<string> Functions = new(StringComparer.OrdinalIgnoreCase)
    {
        "var", "rgb", "rgba", "hsl", "hsla", "calc", "min", "max", "clamp", "attr", "color-mix", "light-dark", "translate", "translatex",
        "translatey", "rotate", "scale", "repeat", "minmax", "fit-content", "linear-gradient", "counter",
    };

    /// <summary>Whether the declarations of a <c>style</c> attribute or a rule are harmless.</summary>
    public static bool Declarations(string css)
    {
        var plain = QuotedText().Replace(css, "\"\"");
        if (plain.AsSpan().IndexOfAny("\\<{}@") >= 0 || Fetching().IsMatch(css))
            return false;
        foreach (var declaration in plain.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (Declaration().Match(declaration) is not { Success: true } match)
                return false;
            var (property, value) = (match.Groups[1].Value.ToLowerInvariant(), match.Groups[2].Value);
            if (property is "behavior" or "-moz-binding" or "unicode-bidi" or "direction")
                return false;
            if (property == "position" && value.Contains("fixed", StringComparison.OrdinalIgnoreCase))
                return false;
            if (Function().Matches(value).Any(f => !Functions.Contains(f.Groups[1].Value)))
                return false;
        }
        return true;
    }

    /// <summary>
    /// A style sheet whose rules reach only what is inside <paramref name="scope"/>; null where it holds anything that is not harmless.
    /// </summary>
    public static string? Scoped(string css, string scope)
    {
        if (css.Contains('<', StringComparison.Ordinal) || Fetching().IsMatch(css))
            return null;
        var scoped = new StringBuilder();
        return Rules(Comment().Replace(css, ""), scope, scoped, nested: false) ? scoped.ToString() : null;
    }

    private static bool Rules(string css, string scope, StringBuilder scoped, bool nested)
    {
        for (var at = 0; at < css.Length;)
        {
            var open = css.IndexOf('{', at);
            if (open < 0)
                return string.IsNullOrWhiteSpace(css[at..]);
            var close = End(css, open);
            if (close < 0)
                return false;
            var (head, body) = (css[at..open].Trim(), css[(open + 1)..close]);
            if (head.StartsWith('@'))
            {
                if (nested || !Condition().IsMatch(head))
                    return false;
                scoped.Append(head).Append('{');
                if (!Rules(body, scope, scoped, nested: true))
                    return false;
                scoped.Append('}');
            }
            else if (head.Length == 0 || head.AsSpan().IndexOfAny("@;}\\") >= 0 || !Declarations(body))
                return false;
            else
            {
                var selectors = Selectors(head).Select(selector => selector.Trim()).ToList();
                if (selectors.Any(selector => selector is "" or ['+' or '~', ..])) // what stands beside the output
                    return false;
                scoped.AppendJoin(',', selectors.Select(selector => $"{scope} {selector}")).Append('{').Append(body).Append('}');
            }
            at = close + 1;
        }
        return true;
    }

    /// <summary>Where the block that opens here ends; −1 where it does not.</summary>
    private static int End(string css, int open)
    {
        for (int i = open, depth = 0; i < css.Length; i++)
        {
            if (css[i] is '"' or '\'')
            {
                i = css.IndexOf(css[i], i + 1);
                if (i < 0)
                    return -1;
            }
            depth += css[i] switch { '{' => 1, '}' => -1, _ => 0 };
            if (depth == 0)
                return i;
        }
        return -1;
    }

    private static IEnumerable<string> Selectors(string list)
    {
        var (start, depth) = (0, 0);
        for (var i = 0; i < list.Length; i++)
        {
            depth += list[i] switch { '(' or '[' => 1, ')' or ']' => -1, _ => 0 };
            if (list[i] != ',' || depth > 0)
                continue;
            yield return list[start..i];
            start = i + 1;
        }
        yield return list[start..];
    }

    // Anything that names another file; and escapes, which could spell the same, except of characters by number.
    [GeneratedRegex(@"(url|src|image|image-set|cross-fade|element|paint|expression)\s*\(|@\s*(import|font-face|namespace|charset)"
        + @"|\\(?![0-9a-fA-F])", RegexOptions.IgnoreCase)]
    private static partial Regex Fetching();

    [GeneratedRegex(@"^([\w-]+)\s*:\s*([^:]*)$", RegexOptions.Singleline)]
    private static partial Regex Declaration();

    [GeneratedRegex(@"([\w-]*)\(")]
    private static partial Regex Function();

    [GeneratedRegex("\"[^\"\n]*\"|'[^'\n]*'")]
    private static partial Regex QuotedText();

    [GeneratedRegex(@"/\*.*?\*/", RegexOptions.Singleline)]
    private static partial Regex Comment();

    [GeneratedRegex("^@(media|supports|container)[^;@<\"']*$")]
    private static partial Regex Condition();
}
