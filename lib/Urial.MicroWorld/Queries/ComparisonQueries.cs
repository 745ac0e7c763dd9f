namespace Urial.MicroWorld;

/// <summary>Yes-or-no queries: do two entities agree, is the first ahead, is a statement right. Half of each are true.</summary>
internal sealed class ComparisonQueries(IReadOnlyList<Entity> entities, IReadOnlyDictionary<EntityClass, Entity[]> byClass)
{
    private readonly IReadOnlyList<Entity> _numeric = [.. entities.Where(e => e.Class.Numeric.Count > 0)];

    public Query Draw(Rng r, bool unseen)
    {
        var truth = r.Chance(.5);
        return r.Weighted([.4, .25, .35]) switch
        {
            0 => Same(r, truth, unseen),
            1 => Higher(r, truth, unseen),
            _ => Claim(r, truth, unseen),
        };
    }

    private Query Same(Rng r, bool truth, bool unseen)
    {
        while (true)
        {
            var first = r.Pick(entities);
            var attribute = r.Pick(first.Class.Attributes);
            var others = byClass[first.Class].Where(e => e != first && (e[attribute] == first[attribute]) == truth).ToArray();
            if (others.Length == 0)
                continue;
            return Pair(r, Wordings.Pick(r, Wordings.Same, unseen), first, r.Pick(others), attribute, truth);
        }
    }

    private Query Higher(Rng r, bool truth, bool unseen)
    {
        while (true)
        {
            var first = r.Pick(_numeric);
            var attribute = r.Pick(first.Class.Numeric);
            var number = Grammar.Number(first[attribute]);
            var others = byClass[first.Class].Where(e => e[attribute] != first[attribute] && Grammar.Number(e[attribute]) < number == truth)
                .ToArray();
            if (others.Length > 0)
                return Pair(r, Wordings.Pick(r, Wordings.Higher, unseen), first, r.Pick(others), attribute, truth, symmetric: false);
        }
    }

    private static Query Pair(Rng r, string wording, Entity first, Entity second, string attribute, bool truth, bool symmetric = true)
    {
        if (symmetric && r.Chance(.5))
            (first, second) = (second, first);
        var text = wording.Replace("{a}", first.Reference).Replace("{b}", second.Reference).Replace("{attribute}", attribute);
        return new Query
        {
            Kind = QueryKind.Comparison,
            Text = text,
            Entities = [first, second],
            Attributes = [attribute],
            Facts = [first.Fact(attribute), second.Fact(attribute)],
            Truth = truth,
        };
    }

    private Query Claim(Rng r, bool truth, bool unseen)
    {
        var entity = r.Pick(entities);
        var attribute = r.Pick(entity.Class.Attributes);
        var holder = entity;
        while (!truth && holder[attribute] == entity[attribute])
            holder = r.Pick(entity.Class.Entities);
        var text = entity.Fill(Wordings.Pick(r, Wordings.Claim, unseen).Replace("{attribute}", attribute)
            .Replace("{value}", holder.ValueInSentence(attribute)));
        return QueryGenerator.About(QueryKind.Comparison, text, entity, attribute) with { Truth = truth };
    }
}
