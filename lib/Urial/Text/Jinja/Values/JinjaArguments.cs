namespace Urial;

/// <summary>The values that something is called with.</summary>
/// <param name="Positional">Those without a name.</param>
/// <param name="Named">Those with a name.</param>
internal sealed record JinjaArguments(IReadOnlyList<object?> Positional, JinjaDict Named)
{
    /// <summary>Stands for a parameter that has no default.</summary>
    public static readonly object Required = new();

    /// <summary>Arguments without names.</summary>
    public static JinjaArguments Of(params IReadOnlyList<object?> positional) => new(positional, new JinjaDict());

    /// <summary>The same arguments without the first that have no name.</summary>
    public JinjaArguments Skip(int count) => this with { Positional = [.. Positional.Skip(count)] };

    /// <summary>The value of each parameter.</summary>
    /// <param name="callee">What is called, for messages.</param>
    /// <param name="parameters">Its parameters with their defaults.</param>
    /// <exception cref="JinjaFault">One is missing, or there are others.</exception>
    public object?[] Bind(string callee, params ReadOnlySpan<(string Name, object? Default)> parameters)
    {
        if (Positional.Count > parameters.Length)
            throw new JinjaFault(FormattableString.Invariant(
                $"{callee} takes {parameters.Length} arguments at most, not {Positional.Count}"));
        var values = new object?[parameters.Length];
        var named = 0;
        for (var i = 0; i < parameters.Length; i++)
        {
            var (name, missing) = parameters[i];
            if (Named.TryGetValue(name, out var value))
            {
                if (i < Positional.Count)
                    throw new JinjaFault($"{callee} gets its argument {name} twice");
                named++;
            }
            else
                value = i < Positional.Count ? Positional[i] : missing;
            values[i] = ReferenceEquals(value, Required) ? throw new JinjaFault($"{callee} needs an argument {name}") : value;
        }
        if (named < Named.Count)
        {
            var names = new List<string>();
            foreach (var (name, _) in parameters)
                names.Add(name);
            throw new JinjaFault($"{callee} takes no argument {Named.Keys.First(name => !names.Contains((string)name!))}");
        }
        return values;
    }

    /// <summary>For what takes no arguments.</summary>
    /// <exception cref="JinjaFault">There are some.</exception>
    public void None(string callee) => Bind(callee);
}
