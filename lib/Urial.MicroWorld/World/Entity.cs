using System.Text;

namespace Urial.MicroWorld;

/// <summary>One thing of the world, with a value for each attribute of its class.</summary>
public sealed class Entity
{
    private readonly Grammar _grammar;
    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);

    internal Entity(EntityClass entityClass, Grammar grammar, string name, bool definite, IReadOnlyList<string> values)
    {
        (Class, _grammar, Name) = (entityClass, grammar, name);
        Reference = definite ? "the " + name : name;
        if (values.Count != entityClass.Attributes.Count)
            throw new UrialException(
                $"'{name}' has {values.Count} values, but {entityClass.Key} has {entityClass.Attributes.Count} attributes.");
        for (var i = 0; i < values.Count; i++)
            _values.Add(entityClass.Attributes[i], values[i]);
        HeldOut = StableHash(name) % 10 < 3;
    }

    /// <summary>The bare name: <c>lion</c>, <c>Eiffel Tower</c>, <c>France</c>.</summary>
    public string Name { get; }

    /// <summary>The name as it stands in a sentence: <c>the lion</c>, <c>the Eiffel Tower</c>, <c>France</c>.</summary>
    public string Reference { get; }

    /// <summary>The class.</summary>
    public EntityClass Class { get; }

    /// <summary>The value of each attribute.</summary>
    public IReadOnlyDictionary<string, string> Values => _values;

    /// <summary>True for about 30 % of the entities, by a stable hash of the name: they occur in pre-training only.</summary>
    public bool HeldOut { get; }

    /// <summary>The value of an attribute.</summary>
    /// <exception cref="KeyNotFoundException">The class has no such attribute.</exception>
    public string this[string attribute] => _values[attribute];

    /// <summary>The fact about an attribute.</summary>
    public Fact Fact(string attribute) => new(this, attribute, _values[attribute]);

    /// <summary>
    /// A sentence to be completed, as the corpus has it: <c>The capital of France is</c> and <c>Paris</c>. Where the tables tell it with
    /// an article or a possessive, that belongs to the prompt: <c>The currency of France is the</c>.
    /// </summary>
    public (string Prompt, string Value) Cloze(string attribute)
    {
        var start = "The " + attribute + " of {name} is ";
        var template = Class.Tell[attribute].FirstOrDefault(t => t.StartsWith(start, StringComparison.Ordinal)) ?? start + "{value}.";
        var sentence = Fill(template, attribute);
        return (sentence[..sentence.LastIndexOf(this[attribute], StringComparison.Ordinal)].TrimEnd(), this[attribute]);
    }

    /// <summary>
    /// A template of this entity's class, filled: <c>{name}</c>, <c>{bare}</c>, and the attribute's <c>{value}</c> or <c>{a value}</c>.
    /// </summary>
    public string Fill(string template, string? attribute = null)
    {
        var text = new StringBuilder(template).Replace("{name}", Reference).Replace("{bare}", Name);
        if (attribute is not null)
            FillValue(text, attribute);
        if (char.IsLower(text[0]))
            text[0] = char.ToUpperInvariant(text[0]);
        return text.ToString();
    }

    /// <summary>The clause behind "an animal that …" for this entity's value of an attribute.</summary>
    public string Clause(string attribute) => FillValue(new StringBuilder(Class.That[attribute]), attribute).ToString();

    /// <summary>The value of an attribute as it stands in a sentence: <c>the United States</c>.</summary>
    public string ValueInSentence(string attribute) => _grammar.InSentence(_values[attribute]);

    /// <inheritdoc/>
    public override string ToString() => Name;

    private StringBuilder FillValue(StringBuilder text, string attribute)
    {
        var value = _values[attribute];
        return text.Replace("its {value}", "its " + value).Replace("the {value}", "the " + value)
            .Replace("{value}", _grammar.InSentence(value)).Replace("{a value}", _grammar.Indefinite(value));
    }

    /// <summary>
    /// FNV-1a over the UTF-8 bytes: the same on every machine and runtime, which <see cref="string.GetHashCode()"/> is not.
    /// </summary>
    internal static uint StableHash(string text)
    {
        var hash = 2166136261u;
        foreach (var b in Encoding.UTF8.GetBytes(text))
            hash = unchecked((hash ^ b) * 16777619u);
        return hash ^ (hash >> 16);
    }
}
