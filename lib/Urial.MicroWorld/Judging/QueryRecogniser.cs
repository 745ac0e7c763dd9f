namespace Urial.MicroWorld;

/// <summary>
/// Finds the query behind a question's text: a committed held-out one, or any that the world's grammar makes, by writing out the
/// questions about the entities that the text names. A question in other words is not known, and nothing is guessed.
/// </summary>
internal static class QueryRecogniser
{
    private static readonly Lazy<Dictionary<string, Query>> HeldOut = new(() => QueryFile.Read(QueryFile.HeldOutPath)
        .GroupBy(named => named.Query.Text).ToDictionary(group => group.Key, group => group.First().Query, StringComparer.Ordinal));

    /// <summary>The query, or null where the text is no question of this world.</summary>
    /// <param name="instruction">The question; white space at its ends does not matter.</param>
    public static Query? Find(string instruction)
    {
        var text = instruction.Trim();
        if (HeldOut.Value.TryGetValue(text, out var query))
            return query;
        var world = World.Load();
        Entity[] named = [.. world.Entities.Where(entity => text.Contains(entity.Name, StringComparison.OrdinalIgnoreCase))];
        return Matching(text, named.SelectMany(About))
            ?? Matching(text, named.SelectMany(
                first => named.Where(second => second != first && second.Class == first.Class).SelectMany(second => Pairs(first, second))))
            ?? Matching(text, Choices(text, named))
            ?? named.Select(entity => Several(text, entity)).FirstOrDefault(several => several is not null)
            ?? Matching(text, named.SelectMany(entity => TwoHops(world, entity)))
            ?? Matching(text, world.Classes.SelectMany(kind => Constraints(text, kind)));
    }

    private static Query? Matching(string text, IEnumerable<Query> queries) =>
        queries.FirstOrDefault(query => query.Text.Equals(text, StringComparison.Ordinal));

    private static IEnumerable<Query> About(Entity entity)
    {
        foreach (var attribute in entity.Class.Attributes)
        {
            foreach (var ask in entity.Class.Ask[attribute]
                .Concat(Wordings.Single.Select(wording => wording.Replace("{attribute}", attribute))))
                yield return QueryGenerator.About(QueryKind.Single, entity.Fill(ask), entity, attribute);
            foreach (var wording in Wordings.Explanation)
                yield return QueryGenerator.About(QueryKind.Explanation, entity.Fill(wording.Replace("{attribute}", attribute)), entity,
                    attribute);
            foreach (var holder in entity.Class.Holders[attribute].Values.Select(holders => holders[0]))
                foreach (var wording in Wordings.Claim)
                    yield return QueryGenerator.About(QueryKind.Comparison,
                        entity.Fill(wording.Replace("{attribute}", attribute).Replace("{value}", holder.ValueInSentence(attribute))),
                        entity, attribute)
                        with
                    { Truth = holder[attribute] == entity[attribute] };
        }
        foreach (var wording in Wordings.Open)
            yield return QueryGenerator.About(QueryKind.Several, entity.Fill(wording),
                entity) with
            { Facts = [.. entity.Class.Attributes.Select(entity.Fact)] };
        foreach (var wording in WordLists.Unknowable)
            yield return QueryGenerator.About(QueryKind.Unknowable, entity.Fill(wording), entity);
        foreach (var act in WordLists.Unsafe.Select(act => act.Replace("{name}", entity.Reference)))
            foreach (var wording in Wordings.Unsafe)
                yield return QueryGenerator.About(QueryKind.Unsafe, wording.Replace("{act}", act), entity) with { Act = act };
    }

    private static IEnumerable<Query> Pairs(Entity a, Entity b)
    {
        foreach (var attribute in a.Class.Attributes)
        {
            foreach (var wording in Wordings.Same)
                yield return Compared(wording, a[attribute] == b[attribute]);
            if (a.Class.Numeric.Contains(attribute))
                foreach (var wording in Wordings.Higher)
                    yield return Compared(wording, Grammar.Number(a[attribute]) > Grammar.Number(b[attribute]));

            Query Compared(string wording, bool truth) => new()
            {
                Kind = QueryKind.Comparison,
                Text = wording.Replace("{a}", a.Reference).Replace("{b}", b.Reference).Replace("{attribute}", attribute),
                Entities = [a, b],
                Attributes = [attribute],
                Facts = [a.Fact(attribute), b.Fact(attribute)],
                Truth = truth,
            };
        }
    }

    private static Query? Several(string text, Entity entity)
    {
        foreach (var wording in Wordings.Several)
        {
            // The list may hold any attributes in any order: it is read, not written out.
            var (before, after) = entity.Fill(wording).Split("{list}") is [var head, var tail] ? (head, tail) : ("", "");
            if (text.Length <= before.Length + after.Length || !text.StartsWith(before, StringComparison.Ordinal)
                || !text.EndsWith(after, StringComparison.Ordinal))
                continue;
            var list = text[before.Length..^after.Length];
            string[] attributes = [.. list.Split([", ", " and "], StringSplitOptions.None)];
            if (attributes.All(entity.Class.Attributes.Contains) && Grammar.Join(attributes) == list)
                return QueryGenerator.About(QueryKind.Several, text, entity, attributes);
        }
        return null;
    }

    private static IEnumerable<Query> TwoHops(World world, Entity first)
    {
        foreach (var via in first.Class.Via.Keys)
            if (world.Find(first[via]) is { } second && second != first)
                foreach (var path in first.Class.Via[via].Select(way => first.Fill(way)))
                    foreach (var attribute in second.Class.Attributes)
                        foreach (var ask in second.Class.Ask[attribute])
                            yield return new Query
                            {
                                Kind = QueryKind.TwoHop,
                                Text = Grammar.Capitalise(ask.Replace("{name}", char.ToLowerInvariant(path[0]) + path[1..])),
                                Entities = [first, second],
                                Attributes = [via, attribute],
                                Facts = [first.Fact(via), second.Fact(attribute)],
                            };
    }

    private static IEnumerable<Query> Choices(string text, Entity[] named)
    {
        foreach (var kind in named.GroupBy(entity => entity.Class).Where(group => group.Count() >= 3))
        {
            Entity[] options = [.. kind.OrderBy(entity => text.IndexOf(entity.Reference, StringComparison.OrdinalIgnoreCase))];
            var list = Grammar.Join([.. options.Select(option => option.Reference)], "or");
            foreach (var entity in options)
                foreach (var attribute in kind.Key.Attributes)
                    foreach (var wording in Wordings.Choice)
                        yield return new Query
                        {
                            Kind = QueryKind.Constraint,
                            Text = Grammar.Capitalise(
                                QueryGenerator.Describe(wording, entity, entity.Clause(attribute)).Replace("{options}", list)),
                            Entities = options,
                            Options = options,
                            Accepted = [.. options.Where(option => option[attribute] == entity[attribute])],
                            Attributes = [attribute],
                            Facts = [entity.Fact(attribute)],
                        };
        }
    }

    private static IEnumerable<Query> Constraints(string text, EntityClass kind)
    {
        if (!text.Contains(kind.Singular, StringComparison.Ordinal) && !text.Contains(kind.Plural, StringComparison.Ordinal))
            yield break;
        // One entity stands for all that share its value: their clauses are the same.
        (string Attribute, string Clause, Entity Holder)[] clauses =
        [
            .. kind.Attributes.SelectMany(
                attribute => kind.Holders[attribute].Values.Select(holders => (attribute, holders[0].Clause(attribute), holders[0])))
                .Where(clause => text.Contains(clause.Item2, StringComparison.Ordinal)),
        ];
        foreach (var first in clauses)
            foreach (var second in clauses.Where(second => second == first || second.Attribute != first.Attribute))
            {
                (string Attribute, string Clause, Entity Holder)[] wanted = first == second ? [first] : [first, second];
                Entity[] accepted = [.. kind.Entities
                    .Where(entity => wanted.All(clause => entity[clause.Attribute] == clause.Holder[clause.Attribute]))];
                if (accepted.Length == 0)
                    continue;
                var clause = string.Join(" and ", wanted.Select(one => one.Clause));
                foreach (var (wordings, count) in new[] { (Wordings.Example, 1), (Wordings.Examples, 2) })
                    foreach (var wording in wordings)
                        yield return new Query
                        {
                            Kind = QueryKind.Constraint,
                            Text = QueryGenerator.Describe(wording, accepted[0], clause),
                            Entities = [],
                            Attributes = [.. wanted.Select(one => one.Attribute)],
                            Accepted = accepted,
                            Wanted = count,
                            Facts = [.. wanted.Select(one => accepted[0].Fact(one.Attribute))],
                        };
            }
    }
}
