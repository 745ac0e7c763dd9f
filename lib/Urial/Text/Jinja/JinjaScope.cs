namespace Urial;

/// <summary>Variables by name; loops, macros and some blocks have a scope of their own, whose assignments end with it.</summary>
/// <param name="outer">The scope around it.</param>
internal sealed class JinjaScope(JinjaScope? outer)
{
    private readonly Dictionary<string, object?> _values = new(StringComparer.Ordinal);

    /// <summary>Gives a variable a value in this scope.</summary>
    public void Set(string name, object? value) => _values[name] = value;

    /// <summary>A variable's value, from this scope or one around it.</summary>
    public object? Get(string name)
    {
        for (var scope = this; scope is not null; scope = scope.Outer)
            if (scope._values.TryGetValue(name, out var value))
                return value;
        return new JinjaUndefined($"'{name}'");
    }

    private JinjaScope? Outer => outer;
}
