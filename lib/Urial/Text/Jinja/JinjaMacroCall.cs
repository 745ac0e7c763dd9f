namespace Urial;

/// <summary>Gives a macro's parameters their values.</summary>
internal static class JinjaMacroCall
{
    /// <summary>Sets the parameters in the macro's scope.</summary>
    /// <param name="macro">The macro.</param>
    /// <param name="arguments">What it is called with.</param>
    /// <param name="scope">The scope of its body.</param>
    /// <param name="value">Works out a default in that scope.</param>
    /// <exception cref="JinjaFault">There are more arguments than parameters.</exception>
    public static void Bind(JinjaSignature macro, JinjaArguments arguments, JinjaScope scope, Func<JinjaExpression, object?> value)
    {
        var named = arguments.Named.ToDictionary(entry => (string)entry.Key!, entry => entry.Value, StringComparer.Ordinal);
        for (var i = 0; i < macro.Parameters.Count; i++)
        {
            var (name, missing) = macro.Parameters[i];
            if (i < arguments.Positional.Count)
                scope.Set(name, arguments.Positional[i]);
            else if (named.Remove(name, out var given))
                scope.Set(name, given);
            else
                scope.Set(name, missing is null ? new JinjaUndefined($"the parameter '{name}'") : value(missing));
        }
        if (macro.Uses.Contains("caller"))
            scope.Set("caller", named.Remove("caller", out var caller) ? caller : new JinjaUndefined("'caller'"));
        if (macro.Uses.Contains("kwargs"))
            scope.Set("kwargs", Rest(named));
        else if (named.Count > 0)
            throw new JinjaFault($"the macro {macro.Name} has no parameter {named.Keys.First()}");
        if (macro.Uses.Contains("varargs"))
            scope.Set("varargs", new JinjaTuple([.. arguments.Positional.Skip(macro.Parameters.Count)]));
        else if (arguments.Positional.Count > macro.Parameters.Count)
            throw new JinjaFault(FormattableString.Invariant(
                $"the macro {macro.Name} has {macro.Parameters.Count} parameters and is given {arguments.Positional.Count} values"));
    }

    private static JinjaDict Rest(Dictionary<string, object?> named)
    {
        var rest = new JinjaDict();
        foreach (var (name, value) in named)
            rest[name] = value;
        return rest;
    }
}
