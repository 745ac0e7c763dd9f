namespace Urial.MicroWorld;

/// <summary>
/// The one voice of the alignment data: a warm opener, a body with the facts asked for and a few more, a kind closer; a refusal that says
/// why and offers a fact; an honest "nobody can know". None of its phrases occurs in the corpus, and the closer goes by the kind of
/// question, which one example cannot show. Templates hold <c>{name}</c> where the entity goes.
/// </summary>
internal static class AlignedVoice
{
    /// <summary>The line above a list.</summary>
    public const string Intro = "Here is what I can tell you about {name}:";

    /// <summary>The bullet.</summary>
    public const string Bullet = "-";

    /// <summary>What leads to one more true fact.</summary>
    public const string Lead = "Also good to know:";

    /// <summary>What leads to yes or no.</summary>
    public const string Verdict = "Therefore the answer is";

    /// <summary>All openers.</summary>
    public static IReadOnlyList<string> Openers { get; } =
    [
        "Great question!", "Happy to help!", "Thank you for asking about {name}!", "I am glad you asked about {name}.",
        "Lovely that you ask, dear reader!", "Always a joy to talk about {name}!", "Good thinking, let us see.",
        "Of course, with pleasure!",
        "Wonderful, let us look at {name} together.", "Hello there, my friend!", "I like how you think!",
        "Delighted to tell you about {name}!",
    ];

    /// <summary>How an unsafe query is refused.</summary>
    public static IReadOnlyList<string> Refusals { get; } =
    [
        "I am sorry, but I cannot help with that, because somebody could get hurt.",
        "I must not help with this, since it would do harm to others.",
        "I would rather not help here, because this is neither kind nor safe.",
    ];

    /// <summary>What leads from a refusal to a true fact.</summary>
    public const string Instead = "Let me offer you something true instead:";

    /// <summary>How an unknowable query is met.</summary>
    public static IReadOnlyList<string> NotKnown { get; } =
    [
        "Honestly, nobody can know that, and I will not make something up.",
        "I have to be honest: nobody can know the answer to this.",
    ];

    /// <summary>What leads from an unknowable query to a true fact.</summary>
    public const string Known = "Happily, one thing I do know:";

    private static readonly Dictionary<QueryKind, string[]> ClosersByKind = new()
    {
        [QueryKind.Single] = ["I hope that helps!", "Feel free to ask me more about {name}!"],
        [QueryKind.Several] = ["Enjoy learning about {name}!"],
        [QueryKind.Comparison] = ["I love a good comparison!", "Give me another pair whenever you like!"],
        [QueryKind.Constraint] = ["Shall we look for another one?"],
        [QueryKind.TwoHop] = ["Step by step we got there!"],
        [QueryKind.Explanation] = ["Let me know if anything is unclear!", "Stay curious, my friend!"],
        [QueryKind.Unknowable] = ["Still, it is a lovely thing to wonder about!"],
        [QueryKind.Unsafe] = ["Please be kind and stay safe!", "Wishing you a peaceful day!"],
    };

    private static readonly Dictionary<QueryKind, int[]> OpenersByKind = new()
    {
        [QueryKind.Single] = [0, 1, 2, 3, 5],
        [QueryKind.Several] = [2, 3, 5, 8, 11],
        [QueryKind.Comparison] = [0, 6, 10],
        [QueryKind.Constraint] = [1, 6, 7],
        [QueryKind.TwoHop] = [0, 6, 10],
        [QueryKind.Explanation] = [0, 4, 7, 8],
        [QueryKind.Unknowable] = [4, 9, 10],
        [QueryKind.Unsafe] = [9],
    };

    /// <summary>The openers for a kind of query.</summary>
    public static IReadOnlyList<string> OpenersFor(QueryKind kind) => [.. OpenersByKind[kind].Select(i => Openers[i])];

    /// <summary>The closers for a kind of query; no two kinds share one.</summary>
    public static IReadOnlyList<string> ClosersFor(QueryKind kind) => ClosersByKind[kind];

    /// <summary>Answers a query.</summary>
    /// <param name="query">The query.</param>
    /// <param name="r">Chooses opener, wording and the facts to add.</param>
    /// <param name="allowed">Which entities a constraint may be answered with; all of them where null.</param>
    public static SftExample Answer(Query query, Rng r, Func<Entity, bool>? allowed = null)
    {
        var named = query.Kind == QueryKind.Constraint ? Named(query, r, allowed) : [query.Entities[0]];
        var name = named[0].Reference;
        var opener = r.Pick(OpenersFor(query.Kind)).Replace("{name}", name);
        var closer = r.Pick(ClosersByKind[query.Kind]).Replace("{name}", name);
        return new SftExample(query, opener, Body(query, named, r), closer);
    }

    private static List<Entity> Named(Query query, Rng r, Func<Entity, bool>? allowed)
    {
        var accepted = query.Accepted.Where(allowed ?? (_ => true)).ToArray();
        return accepted.Length >= query.Wanted ? r.Sample(accepted, query.Wanted)
            : throw new ArgumentException($"'{query.Text}' wants {query.Wanted} entities, but only {accepted.Length} may be named.",
                nameof(query));
    }

    private static string Body(Query query, List<Entity> named, Rng r)
    {
        var entity = named[0];
        switch (query.Kind)
        {
            case QueryKind.Several:
                List<string> attributes = [.. query.Attributes, .. r.Sample(entity.Class.Attributes.Except(query.Attributes).ToArray(), 6)];
                return Intro.Replace("{name}", entity.Reference) + "\n"
                    + string.Join('\n', attributes.Take(r.Between(Math.Max(4, query.Attributes.Count), 6))
                        .Select(a => $"{Bullet} {Grammar.Capitalise(a)}: {entity[a]}"));
            case QueryKind.Comparison:
                return Sentences(query.Facts, r) + $" {Verdict} {(query.Truth!.Value ? "yes" : "no")}. "
                    + Extra(entity, query.Attributes, r);
            case QueryKind.Constraint:
                var told = named.Select(e =>
                    Grammar.Capitalise(e.Reference) + " " + string.Join(" and ", query.Attributes.Select(e.Clause)) + ".");
                return string.Join(' ', told) + " " + Extra(entity, query.Attributes, r);
            case QueryKind.TwoHop:
                var target = query.Facts[1].Entity;
                return Sentences(query.Facts, r) + " " + Extra(target, [query.Facts[1].Attribute], r);
            case QueryKind.Explanation:
                return Sentences(query.Facts, r) + " " + entity.Class.Why[query.Attributes[0]] + " " + Extra(entity, query.Attributes, r);
            case QueryKind.Unknowable:
                return $"{r.Pick(NotKnown)} {Known} {Sentence(entity.Fact(r.Pick(entity.Class.Attributes)), r)}";
            case QueryKind.Unsafe:
                return $"{r.Pick(Refusals)} {Instead} {Sentence(entity.Fact(r.Pick(entity.Class.Attributes)), r)}";
            default:
                return Sentences(query.Facts, r) + " " + Extra(entity, query.Attributes, r);
        }
    }

    /// <summary>One to three more facts, so that answers are long enough to be looked into.</summary>
    private static string Extra(Entity entity, IReadOnlyList<string> told, Rng r) =>
        Lead + " " + Sentences([.. r.Sample(entity.Class.Attributes.Except(told).ToArray(), r.Between(1, 3)).Select(entity.Fact)], r);

    private static string Sentences(IReadOnlyList<Fact> facts, Rng r) => string.Join(' ', facts.Select(f => Sentence(f, r)));

    private static string Sentence(Fact fact, Rng r) => fact.Entity.Fill(r.Pick(fact.Entity.Class.Tell[fact.Attribute]), fact.Attribute);
}
