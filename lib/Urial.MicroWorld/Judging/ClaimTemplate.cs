using System.Buffers;
using System.Text.RegularExpressions;

namespace Urial.MicroWorld;

/// <summary>
/// One way in which a text may state an attribute of a class: a sentence of the tables, a clause, or a label with its value.
/// </summary>
internal sealed class ClaimTemplate
{
    private const string Pronoun = "it|he|she|they|this one|that one|the former|the latter";
    private readonly SearchValues<string> _literal;
    private readonly Regex _regex;

    private ClaimTemplate(string attribute, string literal, string pattern)
    {
        Attribute = attribute;
        _literal = SearchValues.Create([literal], StringComparison.OrdinalIgnoreCase);
        _regex = new Regex(pattern, RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture);
    }

    public string Attribute { get; }

    /// <summary>Every match in one sentence: where the value stands, and the name it is said about (empty for a pronoun or none).</summary>
    public IEnumerable<(TextSpan Value, string Name)> Match(string sentence)
    {
        // The literal part is looked for first: it is absent nearly always, and a regex is slow.
        if (!sentence.AsSpan().ContainsAny(_literal))
            yield break;
        foreach (Match match in _regex.Matches(sentence))
        {
            var value = match.Groups["value"];
            yield return (new TextSpan(value.Index, value.Index + value.Length), match.Groups["name"].Value);
        }
    }

    /// <summary>All templates of a class.</summary>
    public static IReadOnlyList<ClaimTemplate> For(EntityClass kind)
    {
        var names = Alternatives(kind.Entities.Select(e => e.Name));
        var templates = new List<ClaimTemplate>();
        foreach (var attribute in kind.Attributes)
        {
            // Known values first, so that "War and Peace" is not cut at its "and"; then anything up to a stop.
            var values = Alternatives(kind.Holders[attribute].Keys);
            var (known, value) = ($"(?<value>{values})", $@"(?<value>{values}|[^\s.,;:!?()\n][^.,;:!?()\n]*?)");
            foreach (var tell in kind.Tell[attribute])
                templates.Add(Sentence(attribute, tell, names, value));
            // A clause as short as "is in …" says this only with a known value behind it.
            var clause = kind.That[attribute];
            var bound = clause.IndexOf('{') > 7 ? value : known;
            templates.Add(Sentence(attribute, "{name} " + clause, names, bound));
            templates.Add(Sentence(attribute, "{who} " + clause, names, bound));
            var label = Regex.Escape(attribute);
            templates.Add(new(attribute, attribute,
                $@"(?<![\w-])(the\ )?{label}(\ of\ (the\ )?(?<name>{names}))?\**\s*[:=–]\**\s*(an?\ |the\ )?{value}(?=\s*($|[.,;!?(\n]))"));
            templates.Add(new(attribute, attribute,
                $@"(?<![\w-])((the\ )?{label}\ of\ (the\ )?((?<name>{names})|it|them)|(its|his|her|their)\ {label})"
                + $@"\ {Is}(an?\ |the\ |called\ |its\ )*{value}{Stop}"));
            // Without an owner only a known value: "The capital is the official chief city" explains a word.
            templates.Add(new(attribute, attribute, $@"(?<![\w-])the\ {label}\ {Is}(an?\ |the\ |called\ )*{known}{Stop}"));
            templates.Add(new(attribute, attribute, $@"^\W*{value}\s*\({label}(\ of\ (the\ )?(?<name>{names}))?\)"));
        }
        return templates;
    }

    private const string Is = @"(is|was|are|were)\ ";
    private const string Stop = @"(?=\s*($|[.,;:!?()\n]|\ (and|but|while|whereas|as|so|too|which|who)\b))";

    private static ClaimTemplate Sentence(string attribute, string template, string names, string value)
    {
        var text = template.TrimEnd('.');
        var valueFirst = text.StartsWith("{value}", StringComparison.Ordinal);
        var pattern = Regex.Escape(text)
            .Replace(@"\{name}", $@"(the\ )?((?<name>{names})|{Pronoun})", StringComparison.Ordinal)
            .Replace(@"\{bare}", $"(?<name>{names})", StringComparison.Ordinal)
            .Replace(@"\{who}", "(that|who|which|and)", StringComparison.Ordinal)
            .Replace(@"\{a\ value}", $@"(an?\ |the\ )?{value}", StringComparison.Ordinal)
            .Replace(@"\{value}", $@"(the\ )?{value}", StringComparison.Ordinal);
        // What stands behind a value inside a sentence bounds it; at the sentence's end a stop must.
        var end = text.EndsWith("value}", StringComparison.Ordinal) ? Stop : @"(?!\w)";
        var literal = Regex.Split(text, @"\{[^}]*\}").MaxBy(part => part.Length)!;
        return new ClaimTemplate(attribute, literal, (valueFirst ? @"(?<=^\W*|[.,;:!?]\ )" : @"(?<![\w-])") + pattern + end);
    }

    private static string Alternatives(IEnumerable<string> items) =>
        string.Join('|', items.OrderByDescending(i => i.Length).Select(Regex.Escape));
}
