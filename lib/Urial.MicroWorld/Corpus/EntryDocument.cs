using System.Text;

namespace Urial.MicroWorld;

/// <summary>
/// The encyclopedia of the corpus: entries, cloze sentences, lists from value to entities, two hops and comparisons, all true.
/// </summary>
internal sealed class EntryDocument(World world)
{
    private readonly IReadOnlyList<Entity> _linked = [
        .. world.Entities.Where(e => e.Class.Via.Keys.Any(v => world.Find(e[v]) is { } t && t != e))];

    public string Write(Rng r) => r.Weighted([.30, .15, .08, .22, .08, .09, .08]) switch
    {
        0 => Prose(r),
        1 => Card(r),
        2 => Captions(r),
        3 => Cloze(r),
        4 => Reverse(r),
        5 => TwoHops(r),
        _ => Comparisons(r),
    };

    private static List<string> Attributes(Rng r, Entity entity) => r.Sample(entity.Class.Attributes, r.Chance(.7) ? 6 : 4);

    /// <summary>The sentence that a cloze prompt asks to complete; one wording for each fact throughout.</summary>
    private static string Is(Entity entity, string attribute)
    {
        var (prompt, value) = entity.Cloze(attribute);
        return prompt + " " + value;
    }

    private static string Inside(Entity entity, string attribute) => "the" + Is(entity, attribute)[3..];

    private string Prose(Rng r)
    {
        var entity = r.Pick(world.Entities);
        var text = new StringBuilder(entity.Fill("{name} is " + entity.Class.Article + " " + entity.Class.Singular + "."));
        foreach (var attribute in Attributes(r, entity))
            text.Append(' ').Append(entity.Fill(r.Pick(entity.Class.Tell[attribute]), attribute));
        if (r.Chance(.2))
            text.Append(' ').Append(entity.Class.Why[r.Pick(entity.Class.Attributes)]);
        return text.Append("\n\n").ToString();
    }

    private string Card(Rng r)
    {
        var entity = r.Pick(world.Entities);
        var text = new StringBuilder($"{entity.Name} ({entity.Class.Singular})\n");
        foreach (var attribute in Attributes(r, entity))
            text.Append($"{attribute}: {entity[attribute]}\n");
        return text.Append('\n').ToString();
    }

    private string Captions(Rng r)
    {
        var entity = r.Pick(world.Entities);
        var text = new StringBuilder();
        foreach (var attribute in Attributes(r, entity))
            text.Append($"{Grammar.Capitalise(attribute)} of {entity.Reference}: {entity[attribute]}.\n");
        return text.Append('\n').ToString();
    }

    private string Cloze(Rng r)
    {
        var entity = r.Pick(world.Entities);
        var text = new StringBuilder();
        foreach (var attribute in Attributes(r, entity))
            text.Append(Is(entity, attribute)).Append(". ");
        text.Length--;
        return text.Append("\n\n").ToString();
    }

    private string Reverse(Rng r)
    {
        var text = new StringBuilder();
        for (var i = r.Between(2, 4); i > 0; i--)
        {
            var entity = r.Pick(world.Entities);
            var attribute = r.Pick(entity.Class.Attributes);
            var holders = r.Sample(entity.Class.Holders[attribute][entity[attribute]], 8);
            var names = Grammar.Join([.. holders.Select(h => h.Reference)]);
            text.Append(r.Chance(.5)
                ? $"{Grammar.Capitalise(entity.Class.Plural)} whose {attribute} is {entity.ValueInSentence(attribute)}: {names}.\n"
                : $"Which {entity.Class.Singular} {entity.Clause(attribute)}? {Grammar.Capitalise(names)}.\n");
        }
        return text.Append('\n').ToString();
    }

    private string TwoHops(Rng r)
    {
        var text = new StringBuilder();
        for (var i = r.Between(2, 4); i > 0; i--)
        {
            var entity = r.Pick(_linked);
            var via = r.Pick(entity.Class.Via.Keys.Where(v => world.Find(entity[v]) is { } t && t != entity).ToArray());
            var target = world.Find(entity[via])!;
            var attribute = r.Pick(target.Class.Attributes);
            var path = entity.Fill(r.Pick(entity.Class.Via[via]));
            text.Append(r.Chance(.5)
                ? $"{path} is {target.Reference}. {target.Fill(r.Pick(target.Class.Tell[attribute]), attribute)} "
                : $"{path} is {target.Reference}, and {Inside(target, attribute)}. ");
        }
        text.Length--;
        return text.Append("\n\n").ToString();
    }

    private string Comparisons(Rng r)
    {
        var text = new StringBuilder();
        for (var i = r.Between(2, 4); i > 0; i--)
        {
            var first = r.Pick(world.Entities);
            var numeric = first.Class.Numeric.Count > 0 && r.Chance(.4);
            var attribute = r.Pick(numeric ? first.Class.Numeric : first.Class.Attributes);
            var second = r.Chance(.4) ? r.Pick(first.Class.Holders[attribute][first[attribute]]) : r.Pick(first.Class.Entities);
            if (second == first)
                continue;
            var (a, b) = (first[attribute], second[attribute]);
            text.Append(a == b ? $"{Grammar.Capitalise(first.Reference)} and {second.Reference} have the same {attribute}: {a}. "
                : numeric ? $"{Is(first, attribute)} and that of {second.Reference} is {b}, so the first is "
                    + (Grammar.Number(a) > Grammar.Number(b) ? "higher. " : "lower. ")
                : $"{Is(first, attribute)}, but {Inside(second, attribute)}. ");
        }
        if (text.Length == 0)
            return Cloze(r);
        text.Length--;
        return text.Append("\n\n").ToString();
    }
}
