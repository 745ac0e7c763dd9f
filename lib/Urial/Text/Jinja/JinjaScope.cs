namespace Urial;

/// <summary>Variables by name; a loop's body has a scope of its own for each item, whose assignments end with it.</summary>
internal sealed class JinjaScope(JinjaScope? outer, IReadOnlyDictionary<string, object?> given)
{
    private readonly Dictionary<string, object?> _values = new(given, StringComparer.Ordinal);

    /// <summary>Gives a variable a value in this scope.</summary>
    public void Set(string name, object? value) => _values[name] = value;

    /// <summary>A variable's value, from this scope or one around it.</summary>
    public object? Get(string name) => _values.TryGetValue(name, out var value) ? value
        : outer is not null ? outer.Get(name)
        : new JinjaUndefined($"'{name}'");
}
