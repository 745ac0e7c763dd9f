using Urial.MicroWorld;

namespace Urial.Tests.MicroWorld;

/// <summary>
/// The labels of a training answer by construction: the body is rebuilt, piece by piece, from the exact strings that the voice can
/// have put there, whose names and values are where their templates have them. Fails where a body holds anything else.
/// </summary>
internal static class VoiceConstruction
{
    public static string[] Labels(SftExample example)
    {
        var labels = Framing(example.Opener, example);
        labels.Add("style");
        labels.AddRange(Body(example));
        labels.Add("style");
        labels.AddRange(Framing(example.Closer, example));
        Assert.Equal(example.Answer.Length, labels.Count);
        return [.. labels];
    }

    /// <summary>Style, with the name that the template was filled with.</summary>
    private static List<string> Framing(string phrase, SftExample example)
    {
        var labels = Enumerable.Repeat("style", phrase.Length).ToList();
        var name = Entities(example).Select(e => e.Name).OrderByDescending(n => n.Length)
            .FirstOrDefault(n => phrase.Contains(n, StringComparison.Ordinal));
        if (name is not null)
            for (var i = phrase.IndexOf(name, StringComparison.Ordinal) is var at ? at : 0; i < at + name.Length; i++)
                labels[i] = "name";
        return labels;
    }

    private static IEnumerable<Entity> Entities(SftExample example) =>
        example.Query.Entities.Concat(example.Query.Accepted).Concat(example.Query.Facts.Select(f => f.Entity)).Distinct();

    private static List<string> Body(SftExample example)
    {
        var pieces = Pieces(example).OrderByDescending(p => p.Text.Length).ToList();
        var labels = new List<string>();
        for (var rest = example.Body; rest.Length > 0;)
        {
            var piece = pieces.FirstOrDefault(p => rest.StartsWith(p.Text, StringComparison.Ordinal));
            Assert.True(piece.Text is not null, $"The body of '{example.Answer}' goes on with nothing known: '{rest}'.");
            labels.AddRange(piece.Labels);
            rest = rest[piece.Text.Length..];
        }
        return labels;
    }

    private static IEnumerable<(string Text, string[] Labels)> Pieces(SftExample example)
    {
        static (string, string[]) Plain(string text, string label) => (text, [.. Enumerable.Repeat(label, text.Length)]);
        yield return Plain(" ", "glue");
        yield return Plain("\n", "style");
        foreach (var style in AlignedVoice.Refusals.Concat(AlignedVoice.NotKnown)
            .Concat([AlignedVoice.Lead, AlignedVoice.Instead, AlignedVoice.Known]))
            yield return Plain(style, "style");
        foreach (var word in (string[])["yes", "no"])
            yield return Filled($"{AlignedVoice.Verdict} \u0001{word}\u0002.", AlignedVoice.Verdict.Length);
        foreach (var entity in Entities(example))
        {
            yield return Filled(AlignedVoice.Intro.Replace("{name}", Reference(entity)), int.MaxValue);
            foreach (var attribute in entity.Class.Attributes)
            {
                yield return Plain(entity.Class.Why[attribute], "glue");
                yield return Filled($"{AlignedVoice.Bullet} {Grammar.Capitalise(attribute)}: \u0001{entity[attribute]}\u0002",
                    AlignedVoice.Bullet.Length);
                foreach (var tell in entity.Class.Tell[attribute])
                    yield return Filled(Marked(tell, entity, attribute), 0);
            }
            var clauses = example.Query.Attributes.Where(entity.Class.That.ContainsKey)
                .Select(a => Marked("x" + entity.Class.That[a], entity, a)[1..]).ToArray();
            if (clauses.Length > 0)
                yield return Filled(Grammar.Capitalise(Reference(entity).TrimStart('\u0003')) is var start
                    && entity.Reference == entity.Name
                    ? $"\u0003{Grammar.Capitalise(entity.Name)}\u0004 {string.Join(" and ", clauses)}."
                    : $"{start} {string.Join(" and ", clauses)}.", 0);
        }
    }

    private static string Reference(Entity entity) => entity.Reference.Replace(entity.Name, $"\u0003{entity.Name}\u0004");

    /// <summary>A template filled as <see cref="Entity.Fill"/> does, with marks around name and value.</summary>
    private static string Marked(string template, Entity entity, string attribute)
    {
        var filled = entity.Fill(template.Replace("{name}", "\u0005").Replace("{bare}", "\u0006"), attribute);
        var value = entity[attribute];
        var at = filled.LastIndexOf(value, StringComparison.Ordinal);
        if (at < 0)
            (value, at) = (Grammar.Capitalise(value), filled.IndexOf(Grammar.Capitalise(value), StringComparison.Ordinal));
        filled = filled[..at] + "\u0001" + value + "\u0002" + filled[(at + value.Length)..];
        filled = filled.Replace("\u0005", Reference(entity)).Replace("\u0006", $"\u0003{entity.Name}\u0004");
        return filled[0] == '\u0003' ? "\u0003" + Grammar.Capitalise(filled[1..]) : Grammar.Capitalise(filled);
    }

    /// <summary>Marks into labels; the first <paramref name="style"/> characters are style, the rest glue.</summary>
    private static (string Text, string[] Labels) Filled(string marked, int style)
    {
        var text = new System.Text.StringBuilder();
        var labels = new List<string>();
        string? inside = null;
        foreach (var c in marked)
        {
            if (c is '\u0001' or '\u0003')
                inside = c == '\u0001' ? "fact" : "name";
            else if (c is '\u0002' or '\u0004')
                inside = null;
            else
            {
                labels.Add(inside ?? (text.Length < style ? "style" : "glue"));
                text.Append(c);
            }
        }
        return (text.ToString(), [.. labels]);
    }
}
