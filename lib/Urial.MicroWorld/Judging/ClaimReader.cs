using System.Collections.Concurrent;

namespace Urial.MicroWorld;

/// <summary>
/// Reads what a text claims. First by form: the sentences and clauses of the tables and labels with values ("capital: Paris"),
/// whose value is then judged even if it was made up. Where a sentence has no such form, by values: a known value of an asked
/// attribute is a claim; other known values count only where they are right, since they may be ordinary words.
/// </summary>
internal sealed class ClaimReader
{
    private static readonly ConcurrentDictionary<EntityClass, IReadOnlyList<ClaimTemplate>> Templates = new();

    /// <summary>The claims of a text that answers a query, in the text's order.</summary>
    /// <param name="query">The query: its entities are what is spoken of where no name stands.</param>
    /// <param name="text">The answer.</param>
    /// <param name="skip">Spans in which nothing is claimed (opener, closer), or none.</param>
    public IReadOnlyList<StatedFact> Read(Query query, string text, IReadOnlyList<TextSpan>? skip = null)
    {
        var names = NameFinder.Find(query, text);
        var claims = new List<StatedFact>();
        foreach (var sentence in Sentences.Of(text))
        {
            if (skip?.Any(s => s.Overlaps(sentence)) == true || IsExplanation(query, sentence.Of(text)))
                continue;
            var here = ByForm(query, text, sentence, names);
            claims.AddRange(here);
            claims.AddRange(ByValue(query, text, sentence, names, here));
        }
        claims.Sort((a, b) => a.Span.Start.CompareTo(b.Span.Start));
        return claims;
    }

    /// <summary>Whether a sentence explains what an attribute of the class means, in more or less the words of the table.</summary>
    public static bool Explains(string sentence, EntityClass kind, string attribute)
    {
        var told = Content(sentence);
        var why = Content(kind.Why[attribute]);
        return why.Count(told.Contains) >= .7 * why.Count;
    }

    private static bool IsExplanation(Query query, string sentence) =>
        query.Entities.Concat(query.Accepted).Select(e => e.Class).Distinct()
            .Any(kind => kind.Attributes.Any(a => Explains(sentence, kind, a)));

    private static HashSet<string> Content(string text) => text.ToLowerInvariant()
        .Split([' ', '.', ',', ';', ':', '\n'], StringSplitOptions.RemoveEmptyEntries).Where(w => w.Length > 3)
        .ToHashSet(StringComparer.Ordinal);

    private static List<StatedFact> ByForm(Query query, string text, TextSpan sentence, IReadOnlyList<(TextSpan Span, Entity Entity)> names)
    {
        var words = sentence.Of(text);
        var found = new List<(TextSpan Span, StatedFact StatedFact)>();
        var classes = query.Entities.Concat(query.Accepted).Concat(names.Where(n => sentence.Covers(n.Span)).Select(n => n.Entity))
            .Select(e => e.Class).Distinct();
        foreach (var kind in classes)
        {
            foreach (var template in Templates.GetOrAdd(kind, ClaimTemplate.For))
                foreach (var (value, name) in template.Match(words))
                {
                    var span = new TextSpan(sentence.Start + value.Start, sentence.Start + value.End);
                    var entity = NameFinder.ByName(kind, name) ?? Subject(query, kind, sentence, span, names);
                    if (entity is null)
                        continue;
                    var stated = span.Of(text);
                    found.Add((span, new StatedFact(span, stated, entity, template.Attribute, Same(stated, entity[template.Attribute]))));
                }
        }
        // Two forms may fit the same words ("The inventor of … was Swedish"): the one by which they are right is meant.
        return [.. WordMatch.Longest(found.OrderByDescending(f => f.StatedFact.Right).Select(f => (f.Span, f.StatedFact))
            .Where(f => f.StatedFact.Right || !found.Any(o => o.StatedFact.Right && o.Span.Overlaps(f.Span)))).Select(f => f.Item)];
    }

    private static IEnumerable<StatedFact> ByValue(Query query, string text, TextSpan sentence,
        IReadOnlyList<(TextSpan Span, Entity Entity)> names, List<StatedFact> told)
    {
        var words = sentence.Of(text);
        var found = new List<(TextSpan Span, StatedFact StatedFact)>();
        foreach (var entity in query.Entities.Concat(query.Facts.Select(f => f.Entity)).Distinct())
            foreach (var attribute in entity.Class.Attributes)
            {
                var asked = query.Facts.Any(f => f.Entity == entity && f.Attribute == attribute) && query.Attributes.Count > 0
                    && told.Count == 0;
                foreach (var value in asked ? entity.Class.Holders[attribute].Keys : [entity[attribute]])
                    foreach (var place in WordMatch.Find(words, value))
                    {
                        var span = new TextSpan(sentence.Start + place.Start, sentence.Start + place.End);
                        var right = value == entity[attribute];
                        if (!told.Any(c => c.Span.Overlaps(span)) && !names.Any(n => n.Span.Overlaps(span)
                            && (n.Span.Length > span.Length || query.Entities.Contains(n.Entity) && (!right || told.Count > 0)))
                            && (asked || IsTelling(value)))
                            found.Add((span, new StatedFact(span, span.Of(text), entity, attribute, right)));
                    }
            }
        return WordMatch.Longest(
            found.OrderByDescending(f => f.StatedFact.Right).ThenByDescending(f => query.Attributes.Contains(f.StatedFact.Attribute))
            .Select(f => (f.Span, f.StatedFact))).Select(f => f.Item);
    }

    /// <summary>Whether a value says something by standing somewhere: "one", "I" and "real" are words of any sentence.</summary>
    private static bool IsTelling(string value) => value.Length > 2 && Grammar.Number(value) is null && !WordLists.Function.Contains(value)
        && value is not ("set" or "end" or "real" or "use");

    /// <summary>
    /// Of whom a value is stated where no name belongs to it: the last one named in the sentence, else the last of the query's named so
    /// far.
    /// </summary>
    private static Entity? Subject(Query query, EntityClass kind, TextSpan sentence, TextSpan at,
        IReadOnlyList<(TextSpan Span, Entity Entity)> names)
    {
        var asked = query.Entities.Concat(query.Accepted).Where(e => e.Class == kind).ToArray();
        var before = names.Where(n => n.Span.End <= at.Start && n.Entity.Class == kind).ToArray();
        return before.LastOrDefault(n => sentence.Covers(n.Span)).Entity
            ?? before.LastOrDefault(n => asked.Contains(n.Entity)).Entity
            ?? asked.FirstOrDefault() ?? before.LastOrDefault().Entity;
    }

    /// <summary>Whether a stated value is the world's, whatever its case and article.</summary>
    internal static bool Same(string stated, string value)
    {
        stated = stated.Trim().Trim('*', '"');
        foreach (var article in (string[])["the ", "a ", "an ", "its "])
            if (!value.StartsWith(article, StringComparison.OrdinalIgnoreCase)
                && stated.StartsWith(article, StringComparison.OrdinalIgnoreCase))
                stated = stated[article.Length..];
        return string.Equals(stated, value, StringComparison.OrdinalIgnoreCase);
    }
}
