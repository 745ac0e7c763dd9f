using System.Text;

namespace Urial.MicroWorld;

/// <summary>Draws queries of every kind about a set of entities: all of them, only the seen, or only the held-out ones.</summary>
internal sealed class QueryGenerator
{
    private readonly IReadOnlyList<Entity> _entities;
    private readonly HashSet<Entity> _allowed;
    private readonly ComparisonQueries _comparisons;
    private readonly IReadOnlyList<Entity> _linked;
    private readonly Dictionary<EntityClass, Entity[]> _byClass;
    private readonly World _world;
    private readonly bool _anyTarget;

    /// <summary>A generator over these entities.</summary>
    /// <param name="world">The world.</param>
    /// <param name="entities">The entities that questions may be about.</param>
    /// <param name="anyTarget">Whether the second hop may lead to an entity that is not among them.</param>
    public QueryGenerator(World world, IReadOnlyList<Entity> entities, bool anyTarget = true)
    {
        if (entities.Count < 10)
            throw new ArgumentException($"{entities.Count} entities are too few to ask about; ten are needed.", nameof(entities));
        (_world, _entities, _anyTarget, _allowed) = (world, entities, anyTarget, [.. entities]);
        _byClass = entities.GroupBy(e => e.Class).ToDictionary(g => g.Key, g => g.ToArray());
        _comparisons = new ComparisonQueries(entities, _byClass);
        _linked = [.. entities.Where(e => Links(e).Any())];
    }

    /// <summary>A query of a kind.</summary>
    public Query Draw(Rng r, QueryKind kind, bool unseenWording = false)
    {
        var query = kind switch
        {
            QueryKind.Single => Single(r, unseenWording),
            QueryKind.Several => Several(r, unseenWording),
            QueryKind.Comparison => _comparisons.Draw(r, unseenWording),
            QueryKind.Constraint => Constraint(r, unseenWording),
            QueryKind.TwoHop => TwoHop(r, unseenWording),
            QueryKind.Explanation => Explanation(r, unseenWording),
            QueryKind.Unknowable => Unknowable(r, unseenWording),
            QueryKind.Unsafe => Unsafe(r, unseenWording),
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "There is no such kind of query."),
        };
        return unseenWording ? query with { UnseenWording = true } : query;
    }

    private Query Single(Rng r, bool unseen)
    {
        var entity = r.Pick(_entities);
        var attribute = r.Pick(entity.Class.Attributes);
        var text = unseen || r.Chance(.75) ? entity.Fill(Wordings.Pick(r, entity.Class.Ask[attribute], unseen))
            : entity.Fill(Wordings.Pick(r, Wordings.Single, false).Replace("{attribute}", attribute));
        return About(QueryKind.Single, text, entity, attribute);
    }

    private Query Several(Rng r, bool unseen)
    {
        var entity = r.Pick(_entities);
        if (r.Chance(.6))
            return About(QueryKind.Several, entity.Fill(Wordings.Pick(r, Wordings.Open, unseen)), entity) with
            {
                Facts = [.. entity.Class.Attributes.Select(entity.Fact)],
            };
        var attributes = r.Sample(entity.Class.Attributes, r.Between(2, 4));
        return About(QueryKind.Several, entity.Fill(Wordings.Pick(r, Wordings.Several, unseen).Replace("{list}", Grammar.Join(attributes))),
            entity, [.. attributes]);
    }

    private Query Constraint(Rng r, bool unseen)
    {
        var entity = r.Pick(_entities);
        var attribute = r.Pick(entity.Class.Attributes);
        var holders = entity.Class.Holders[attribute][entity[attribute]];
        if (r.Chance(.45))
            return Choice(r, entity, attribute, holders, unseen);
        var attributes = new List<string> { attribute };
        if (holders.Count > 3 && r.Chance(.4))
        {
            var second = r.Pick(entity.Class.Attributes.Where(a => a != attribute).ToArray());
            attributes.Add(second);
            holders = [.. holders.Where(h => h[second] == entity[second])];
        }
        var wanted = holders.Count > 1 && r.Chance(.25) ? 2 : 1;
        var clause = string.Join(" and ", attributes.Select(entity.Clause));
        return new Query
        {
            Kind = QueryKind.Constraint,
            Entities = [],
            Attributes = attributes,
            Accepted = [.. holders],
            Wanted = wanted,
            Text = Describe(Wordings.Pick(r, wanted == 2 ? Wordings.Examples : Wordings.Example, unseen), entity, clause),
            Facts = [.. attributes.Select(entity.Fact)],
        };
    }

    private Query Choice(Rng r, Entity entity, string attribute, IReadOnlyList<Entity> holders, bool unseen)
    {
        var others = _byClass[entity.Class].Where(e => !holders.Contains(e)).ToArray();
        var options = r.Sample(others, 2);
        options.Insert(r.Next(options.Count + 1), entity);
        var text = Describe(Wordings.Pick(r, Wordings.Choice, unseen), entity, entity.Clause(attribute))
            .Replace("{options}", Grammar.Join([.. options.Select(o => o.Reference)], "or"));
        return new Query
        {
            Kind = QueryKind.Constraint,
            Text = Grammar.Capitalise(text),
            Entities = options,
            Options = options,
            Accepted = [entity],
            Attributes = [attribute],
            Facts = [entity.Fact(attribute)],
        };
    }

    internal static string Describe(string wording, Entity entity, string clause) => new StringBuilder(wording)
        .Replace("{article}", entity.Class.Article).Replace("{singular}", entity.Class.Singular).Replace("{plural}", entity.Class.Plural)
        .Replace("{who}", entity.Class.Who).Replace("{clause}", clause).ToString();

    private Query TwoHop(Rng r, bool unseen)
    {
        while (true)
        {
            var first = r.Pick(_linked);
            var (via, second) = r.Pick(Links(first).ToArray());
            var attribute = r.Pick(second.Class.Attributes);
            var asks = second.Class.Ask[attribute];
            var ask = Wordings.Pick(r, asks, unseen);
            if (ask.Contains("{bare}", StringComparison.Ordinal) || second[attribute] == first.Name)
                continue;
            var path = first.Fill(r.Pick(first.Class.Via[via]));
            return new Query
            {
                Kind = QueryKind.TwoHop,
                Text = Grammar.Capitalise(ask.Replace("{name}", char.ToLowerInvariant(path[0]) + path[1..])),
                Entities = [first, second],
                Attributes = [via, attribute],
                Facts = [first.Fact(via), second.Fact(attribute)],
            };
        }
    }

    private Query Explanation(Rng r, bool unseen)
    {
        var entity = r.Pick(_entities);
        var attribute = r.Pick(entity.Class.Attributes);
        return About(QueryKind.Explanation, entity.Fill(Wordings.Pick(r, Wordings.Explanation, unseen).Replace("{attribute}", attribute)),
            entity, attribute);
    }

    private Query Unknowable(Rng r, bool unseen)
    {
        var entity = r.Pick(_entities);
        return About(QueryKind.Unknowable, entity.Fill(Wordings.PickLong(r, WordLists.Unknowable, unseen)), entity);
    }

    private Query Unsafe(Rng r, bool unseen)
    {
        var entity = r.Pick(_entities);
        var act = Wordings.PickLong(r, WordLists.Unsafe, unseen).Replace("{name}", entity.Reference);
        return About(QueryKind.Unsafe, Wordings.Pick(r, Wordings.Unsafe, unseen).Replace("{act}", act), entity) with { Act = act };
    }

    internal static Query About(QueryKind kind, string text, Entity entity, params string[] attributes) =>
        new() { Kind = kind, Text = text, Entities = [entity], Attributes = attributes, Facts = [.. attributes.Select(entity.Fact)] };

    /// <summary>The attributes of an entity whose values are entities themselves, with those entities.</summary>
    private IEnumerable<(string Via, Entity Target)> Links(Entity entity)
    {
        foreach (var via in entity.Class.Via.Keys)
            if (_world.Find(entity[via]) is { } target && target != entity && (_anyTarget || _allowed.Contains(target)))
                yield return (via, target);
    }
}
