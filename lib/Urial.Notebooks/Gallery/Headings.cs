using System.Text;

namespace Urial.Notebooks;

/// <summary>The headings of one chapter in order, each with an id of its own over all cells.</summary>
internal sealed class Headings
{
    private readonly List<Heading> _all = [];
    private readonly Dictionary<string, int> _seen = new(StringComparer.Ordinal);

    /// <summary>All so far.</summary>
    public IReadOnlyList<Heading> All => _all;

    /// <summary>Adds one and returns its id.</summary>
    public string Add(int level, string text)
    {
        var slug = Slug(text);
        var times = _seen[slug] = _seen.GetValueOrDefault(slug, -1) + 1;
        var id = times == 0 ? slug : FormattableString.Invariant($"{slug}-{times}");
        _all.Add(new Heading(level, id, text));
        return id;
    }

    /// <summary>
    /// GitHub's rule, so that a link to a heading works there and here: lower case, letters, digits, hyphens and underscores stay, each
    /// space becomes a hyphen, the rest goes (docs.github.com, "Section links").
    /// </summary>
    public static string Slug(string text)
    {
        var slug = new StringBuilder();
        foreach (var rune in text.Trim().ToLowerInvariant().EnumerateRunes())
        {
            if (rune.Value == ' ')
                slug.Append('-');
            else if (Rune.IsLetterOrDigit(rune) || rune.Value is '-' or '_')
                slug.Append(rune);
        }
        return slug.Length == 0 ? "section" : slug.ToString();
    }
}
