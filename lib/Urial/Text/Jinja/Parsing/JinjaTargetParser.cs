namespace Urial;

/// <summary>Reads what values are given to: a variable, several in a tuple, a name of a namespace, a macro's parameters.</summary>
internal sealed class JinjaTargetParser(JinjaTokens tokens, JinjaExpressionParser expressions)
{
    /// <summary>A target, or several with commas between them.</summary>
    /// <param name="end">The keyword behind it, which is no variable.</param>
    /// <param name="ofNamespace">Whether it may be a name of a namespace.</param>
    public JinjaTarget Target(string? end, bool ofNamespace = false)
    {
        var targets = new List<JinjaTarget> { One(ofNamespace) };
        var several = false;
        while (tokens.Accept(","))
        {
            several = true;
            var ends = tokens.Current.Kind != JinjaTokenKind.Name && !tokens.Current.IsOperator("(");
            if (ends || end is not null && tokens.Current.IsName(end))
                break;
            targets.Add(One(ofNamespace));
        }
        return several ? new JinjaTarget.Several(targets) : targets[0];
    }

    /// <summary><c>a = 1, b = 2</c>, up to the tag's end.</summary>
    public List<(JinjaTarget, JinjaExpression)> Assignments()
    {
        var values = new List<(JinjaTarget, JinjaExpression)>();
        while (tokens.Current.Kind != JinjaTokenKind.BlockEnd)
        {
            if (values.Count > 0)
                tokens.ExpectOperator(",");
            var target = One(ofNamespace: false);
            tokens.ExpectOperator("=");
            values.Add((target, expressions.Expression()));
        }
        return values;
    }

    /// <summary><c>(a, b = 1)</c>.</summary>
    public List<(string Name, JinjaExpression? Default)> Parameters()
    {
        var parameters = new List<(string Name, JinjaExpression? Default)>();
        tokens.ExpectOperator("(");
        while (!tokens.Accept(")"))
        {
            if (parameters.Count > 0)
                tokens.ExpectOperator(",");
            var name = Name();
            var value = tokens.Accept("=") ? expressions.Expression() : null;
            if (value is null && parameters.Any(parameter => parameter.Default is not null))
                throw tokens.Unexpected($"a default of {name}, since one before it has a default,");
            parameters.Add((name, value));
        }
        return parameters;
    }

    private JinjaTarget One(bool ofNamespace)
    {
        if (tokens.Accept("("))
        {
            var inner = Target(null);
            tokens.ExpectOperator(")");
            return inner;
        }
        var name = Name();
        return ofNamespace && tokens.Accept(".") ? new JinjaTarget.Member(name, tokens.Expect(JinjaTokenKind.Name, "a name").Text)
            : new JinjaTarget.Variable(name);
    }

    private string Name() => tokens.Current.Text is "true" or "false" or "none" or "True" or "False" or "None"
        ? throw tokens.Unexpected("a variable") : tokens.Expect(JinjaTokenKind.Name, "a variable").Text;
}
