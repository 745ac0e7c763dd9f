namespace Urial.MicroWorld;

/// <summary>A kind of thing, such as animal or country, with its attributes and the ways to ask and tell about them.</summary>
public sealed class EntityClass
{
    internal EntityClass(string key, ClassQuestions questions, Grammar grammar, WorldTable table)
    {
        (Key, Singular, Plural, Article, Who, Invented) =
            (key, questions.Singular, questions.Plural, questions.Article, questions.Who, questions.Invented);
        (Attributes, Ask, Tell, That, Why) = (table.Attributes, questions.Ask, questions.Tell, questions.That, questions.Why);
        Via = questions.Via ?? new Dictionary<string, IReadOnlyList<string>>();
        foreach (var attribute in Attributes)
            if (!Ask.TryGetValue(attribute, out var ask) || ask.Count < 3 || !Tell.TryGetValue(attribute, out var tell) || tell.Count < 2
                || !That.ContainsKey(attribute) || !Why.ContainsKey(attribute))
                throw new UrialException(
                    $"{key}.questions.json must hold three or more 'ask', two or more 'tell', one 'that' and one 'why' for '{attribute}'.");
        var definite = questions.Definite.ToHashSet(StringComparer.Ordinal);
        foreach (var name in definite.Where(n => n != "*" && table.Rows.All(r => r.Name != n)))
            throw new UrialException($"{key}.questions.json: 'definite' names '{name}', which is not in {table.File}.");
        Entities = [.. table.Rows
            .Select(row => new Entity(this, grammar, row.Name, definite.Contains("*") || definite.Contains(row.Name), row.Values))];
        Numeric = [.. Attributes.Where(a => Entities.All(e => Grammar.Number(e[a]) is not null))];
        Holders = Attributes.ToDictionary(a => a, a => (IReadOnlyDictionary<string, IReadOnlyList<Entity>>)Entities
            .GroupBy(e => e[a], StringComparer.Ordinal)
            .ToDictionary(g => g.Key, g => (IReadOnlyList<Entity>)[.. g], StringComparer.Ordinal), StringComparer.Ordinal);
    }

    /// <summary>The table's name: <c>animal</c> for <c>animal.csv</c>.</summary>
    public string Key { get; }

    /// <summary>The noun: <c>animal</c>.</summary>
    public string Singular { get; }

    /// <summary>The plural noun: <c>animals</c>.</summary>
    public string Plural { get; }

    /// <summary>The noun's indefinite article: <c>an</c>.</summary>
    public string Article { get; }

    /// <summary>The relative pronoun: <c>who</c> for people, <c>that</c> otherwise.</summary>
    public string Who { get; }

    /// <summary>True for things that this project made up: nothing but the corpus can have taught them.</summary>
    public bool Invented { get; }

    /// <summary>The six attributes, in the table's order.</summary>
    public IReadOnlyList<string> Attributes { get; }

    /// <summary>
    /// Questions for each attribute, with <c>{name}</c> or <c>{bare}</c>. The last one of each is kept out of pre-training.
    /// </summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Ask { get; }

    /// <summary>Sentences for each attribute, with <c>{name}</c> or <c>{bare}</c> and <c>{value}</c> or <c>{a value}</c>.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Tell { get; }

    /// <summary>A clause for each attribute that fits behind "an animal that …", with <c>{value}</c> or <c>{a value}</c>.</summary>
    public IReadOnlyDictionary<string, string> That { get; }

    /// <summary>
    /// For attributes whose values are entities themselves: noun phrases that lead to them, as in "the country where {name} was born".
    /// </summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Via { get; }

    /// <summary>A sentence for each attribute that says what it means and holds for every entity.</summary>
    public IReadOnlyDictionary<string, string> Why { get; }

    /// <summary>The attributes whose values are all number words, so that entities can be ordered by them.</summary>
    public IReadOnlyList<string> Numeric { get; }

    /// <summary>For each attribute and value the entities that have it.</summary>
    public IReadOnlyDictionary<string, IReadOnlyDictionary<string, IReadOnlyList<Entity>>> Holders { get; }

    /// <summary>The entities, in the table's order.</summary>
    public IReadOnlyList<Entity> Entities { get; }

    /// <inheritdoc/>
    public override string ToString() => Key;
}
