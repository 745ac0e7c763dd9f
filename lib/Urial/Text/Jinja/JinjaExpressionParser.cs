namespace Urial;

/// <summary>
/// Makes expressions of tokens, with Jinja's precedence: if, or, and, not, comparisons, + and -, ~, %, signs, filters and tests.
/// </summary>
internal sealed class JinjaExpressionParser
{
    private static readonly string[] Comparisons = ["==", "!=", "<", "<=", ">", ">="];
    private static readonly string[] Tests = ["defined", "undefined", "none", "string", "mapping", "iterable", "sequence", "boolean",
        "number", "true", "false"];
    private static readonly string[] Filters = ["trim", "length"];
    private readonly JinjaTokens _tokens;
    private readonly JinjaSource _file;
    private readonly JinjaOperandParser _operands;

    public JinjaExpressionParser(JinjaTokens tokens, JinjaSource file)
    {
        _tokens = tokens;
        _file = file;
        _operands = new JinjaOperandParser(tokens, file, Expression);
    }

    /// <summary>An expression.</summary>
    public JinjaExpression Expression()
    {
        var then = Or();
        while (_tokens.Current.IsName("if"))
        {
            var line = _tokens.Take().Line;
            var condition = Or();
            JinjaExpression? otherwise = null;
            if (_tokens.Current.IsName("else"))
            {
                _tokens.Take();
                otherwise = Expression();
            }
            then = new JinjaExpression.Conditional(condition, then, otherwise, line);
        }
        return then;
    }

    /// <summary>An expression that is not conditional.</summary>
    public JinjaExpression Or() => Chain(And, token => token.IsName("or"));

    private JinjaExpression And() => Chain(Not, token => token.IsName("and"));

    private JinjaExpression Not()
    {
        if (!_tokens.Current.IsName("not"))
            return Compare();
        var line = _tokens.Take().Line;
        return new JinjaExpression.Unary("not", Not(), line);
    }

    private JinjaExpression Compare()
    {
        var left = Sum();
        JinjaExpression? all = null;
        while (ComparisonSign() is { } sign)
        {
            var line = _tokens.Current.Line;
            var right = Sum();
            var one = new JinjaExpression.Binary(sign, left, right, line);
            all = all is null ? one : new JinjaExpression.Binary("and", all, one, line); // a < b < c, as in Python
            left = right;
        }
        return all ?? left;
    }

    private string? ComparisonSign()
    {
        if (_tokens.Current.Kind == JinjaTokenKind.Operator && Comparisons.Contains(_tokens.Current.Text) || _tokens.Current.IsName("in"))
            return _tokens.Take().Text;
        if (!_tokens.Current.IsName("not") || !_tokens.Next.IsName("in"))
            return null;
        _tokens.Take();
        _tokens.Take();
        return "not in";
    }

    private JinjaExpression Sum() => Chain(Joined, token => token.IsOperator("+") || token.IsOperator("-"));

    private JinjaExpression Joined() => Chain(Product, token => token.IsOperator("~"));

    private JinjaExpression Product()
    {
        var product = Chain(Signed, token => token.IsOperator("%"));
        if (_tokens.Current is { Kind: JinjaTokenKind.Operator, Text: "*" or "/" or "//" or "**" } other)
            throw _file.Unsupported(other.Line, $"the operator {other.Text}");
        return product;
    }

    private JinjaExpression Chain(Func<JinjaExpression> operand, Func<JinjaToken, bool> joins)
    {
        var left = operand();
        while (joins(_tokens.Current))
        {
            var sign = _tokens.Take();
            left = new JinjaExpression.Binary(sign.Text, left, operand(), sign.Line);
        }
        return left;
    }

    private JinjaExpression Signed()
    {
        if (!_tokens.Current.IsOperator("-"))
            return Filtered(_operands.Operand());
        var line = _tokens.Take().Line;
        return Filtered(new JinjaExpression.Unary("-", _operands.Operand(), line));
    }

    private JinjaExpression Filtered(JinjaExpression value)
    {
        while (true)
        {
            var line = _tokens.Current.Line;
            if (_tokens.Accept("|"))
            {
                var name = _tokens.Expect(JinjaTokenKind.Name, "a filter").Text;
                if (!Filters.Contains(name))
                    throw _file.Unsupported(line, $"the filter {name}");
                value = new JinjaExpression.Filter(name, value, _tokens.Current.IsOperator("(") ? _operands.Arguments() : [], line);
            }
            else if (_tokens.Current.IsName("is"))
            {
                _tokens.Take();
                var negated = _tokens.Current.IsName("not");
                if (negated)
                    _tokens.Take();
                var name = _tokens.Expect(JinjaTokenKind.Name, "a test").Text;
                if (!Tests.Contains(name))
                    throw _file.Unsupported(line, $"the test {name}");
                value = new JinjaExpression.Test(name, value, line);
                if (negated)
                    value = new JinjaExpression.Unary("not", value, line);
            }
            else
                return value;
        }
    }
}
