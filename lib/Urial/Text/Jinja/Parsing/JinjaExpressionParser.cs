namespace Urial;

/// <summary>
/// Makes expressions of tokens, with Jinja's precedence: if, or, and, not, comparisons, + and -, ~, * / // and %, **, signs, filters and
/// tests.
/// </summary>
internal sealed class JinjaExpressionParser
{
    private static readonly string[] Comparisons = ["==", "!=", "<", "<=", ">", ">="];
    private readonly JinjaTokens _tokens;
    private readonly JinjaOperandParser _operands;

    public JinjaExpressionParser(JinjaTokens tokens, JinjaSource file)
    {
        _tokens = tokens;
        _operands = new JinjaOperandParser(tokens, file, this);
    }

    /// <summary>An expression.</summary>
    public JinjaExpression Expression()
    {
        _tokens.CheckDepth();
        var then = Or();
        while (_tokens.AcceptName("if"))
        {
            var line = _tokens.Current.Line;
            var condition = Or();
            then = new JinjaExpression.Conditional(condition, then, _tokens.AcceptName("else") ? Expression() : null, line);
        }
        return then;
    }

    /// <summary>An expression, or several with commas between them, which make a tuple.</summary>
    /// <param name="conditional">Whether an if may follow: not where it would belong to the statement.</param>
    /// <param name="inParentheses">Whether there may be none at all: an empty tuple.</param>
    public JinjaExpression Tuple(bool conditional = true, bool inParentheses = false)
    {
        var line = _tokens.Current.Line;
        var items = new List<JinjaExpression>();
        var isTuple = false;
        while (!EndsTuple())
        {
            items.Add(conditional ? Expression() : Or());
            if (!_tokens.Accept(","))
                break;
            isTuple = true;
        }
        return isTuple || items.Count == 0 && inParentheses ? new JinjaExpression.Sequence(items, true, line)
            : items.Count == 1 ? items[0] : throw _tokens.Unexpected("a value");
    }

    /// <summary>Filters behind a value: <c>| a | b(1)</c>, or without the first bar.</summary>
    public List<JinjaNamedCall> Filters(bool begun)
    {
        var filters = new List<JinjaNamedCall>();
        while (begun || _tokens.Accept("|"))
        {
            begun = false;
            filters.Add(Filter());
        }
        return filters;
    }

    private bool EndsTuple() => _tokens.Current.Kind is JinjaTokenKind.OutputEnd or JinjaTokenKind.BlockEnd or JinjaTokenKind.End
        || _tokens.Current.IsOperator(")") || _tokens.Current.IsName("recursive");

    private JinjaExpression Or() => Chain(And, token => token.IsName("or"));

    private JinjaExpression And() => Chain(Not, token => token.IsName("and"));

    private JinjaExpression Not()
    {
        var line = _tokens.Current.Line;
        _tokens.CheckDepth();
        return _tokens.AcceptName("not") ? new JinjaExpression.Unary("not", Not(), line) : Compare();
    }

    private JinjaExpression Compare()
    {
        var line = _tokens.Current.Line;
        var operands = new List<JinjaExpression> { Sum() };
        var signs = new List<string>();
        while (ComparisonSign() is { } sign)
        {
            signs.Add(sign);
            operands.Add(Sum());
        }
        return signs.Count switch
        {
            0 => operands[0],
            1 => new JinjaExpression.Binary(signs[0], operands[0], operands[1], line),
            _ => new JinjaExpression.Comparison(operands, signs, line),
        };
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

    private JinjaExpression Product() =>
        Chain(Power, token => token.Kind == JinjaTokenKind.Operator && token.Text is "*" or "/" or "//" or "%");

    private JinjaExpression Power() => Chain(() => Signed(filters: true), token => token.IsOperator("**"));

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

    // A sign binds more closely than filters: -1 | abs is the filter of -1.
    private JinjaExpression Signed(bool filters)
    {
        _tokens.CheckDepth();
        var line = _tokens.Current.Line;
        var value = _tokens.Accept("-") ? new JinjaExpression.Unary("-", Signed(filters: false), line)
            : _tokens.Accept("+") ? new JinjaExpression.Unary("+", Signed(filters: false), line)
            : _operands.Primary();
        value = _operands.Postfix(value);
        return filters ? Filtered(value) : value;
    }

    private JinjaExpression Filtered(JinjaExpression value)
    {
        while (true)
        {
            var line = _tokens.Current.Line;
            if (_tokens.Accept("|"))
                value = new JinjaExpression.Filter(value, Filter(), line);
            else if (_tokens.AcceptName("is"))
                value = Test(value, line);
            else if (_tokens.Current.IsOperator("("))
                value = new JinjaExpression.Call(value, _operands.Arguments(), line);
            else
                return value;
        }
    }

    private JinjaNamedCall Filter()
    {
        var name = _tokens.Expect(JinjaTokenKind.Name, "a filter");
        _tokens.CheckKnown(name, JinjaFilters.Find);
        return new(name.Text, _tokens.Current.IsOperator("(") ? _operands.Arguments() : JinjaCallArguments.None, name.Line);
    }

    private JinjaExpression Test(JinjaExpression value, int line)
    {
        var negated = _tokens.AcceptName("not");
        var name = _tokens.Expect(JinjaTokenKind.Name, "a test");
        _tokens.CheckKnown(name, JinjaTests.Find);
        var next = _tokens.Current;
        var arguments = next.IsOperator("(") ? _operands.Arguments()
            // One argument may stand without parentheses.
            : next.Kind is JinjaTokenKind.String or JinjaTokenKind.Integer or JinjaTokenKind.Float
                || next.Kind == JinjaTokenKind.Name && next.Text is not ("else" or "or" or "and" or "is" or "if" or "not" or "in")
                || next.IsOperator("[") || next.IsOperator("{")
                ? JinjaCallArguments.Of(_operands.Postfix(_operands.Primary()))
            : JinjaCallArguments.None;
        JinjaExpression test = new JinjaExpression.Test(value, new JinjaNamedCall(name.Text, arguments, name.Line), line);
        return negated ? new JinjaExpression.Unary("not", test, line) : test;
    }
}
