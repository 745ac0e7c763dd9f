using System.Globalization;

namespace Urial;

/// <summary>Makes expressions of tokens, with Jinja's precedence: if, or, and, not, comparisons, + and -, ~, %, signs, filters and tests.</summary>
internal sealed class JinjaExpressionParser(JinjaTokens tokens, JinjaSource file)
{
    private static readonly string[] Comparisons = ["==", "!=", "<", "<=", ">", ">="];
    private static readonly string[] Tests = ["defined", "undefined", "none", "string", "mapping", "iterable", "sequence", "boolean", "number", "true", "false"];
    private static readonly string[] Filters = ["trim", "length"];
    private static readonly string[] Methods = ["strip", "lstrip", "rstrip"];
    private static readonly string[] LoopItems = ["index", "index0", "first", "last", "length"];

    /// <summary>An expression.</summary>
    public JinjaExpression Expression()
    {
        var then = Or();
        while (tokens.Current.IsName("if"))
        {
            var line = tokens.Take().Line;
            var condition = Or();
            JinjaExpression? otherwise = null;
            if (tokens.Current.IsName("else"))
            {
                tokens.Take();
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
        if (!tokens.Current.IsName("not"))
            return Compare();
        var line = tokens.Take().Line;
        return new JinjaExpression.Unary("not", Not(), line);
    }

    private JinjaExpression Compare()
    {
        var left = Sum();
        JinjaExpression? all = null;
        while (ComparisonSign() is { } sign)
        {
            var line = tokens.Current.Line;
            var right = Sum();
            var one = new JinjaExpression.Binary(sign, left, right, line);
            all = all is null ? one : new JinjaExpression.Binary("and", all, one, line); // a < b < c, as in Python
            left = right;
        }
        return all ?? left;
    }

    private string? ComparisonSign()
    {
        if (tokens.Current.Kind == JinjaTokenKind.Operator && Comparisons.Contains(tokens.Current.Text) || tokens.Current.IsName("in"))
            return tokens.Take().Text;
        if (!tokens.Current.IsName("not") || !tokens.Next.IsName("in"))
            return null;
        tokens.Take();
        tokens.Take();
        return "not in";
    }

    private JinjaExpression Sum() => Chain(Joined, token => token.IsOperator("+") || token.IsOperator("-"));

    private JinjaExpression Joined() => Chain(Product, token => token.IsOperator("~"));

    private JinjaExpression Product()
    {
        var product = Chain(Signed, token => token.IsOperator("%"));
        if (tokens.Current is { Kind: JinjaTokenKind.Operator, Text: "*" or "/" or "//" or "**" } other)
            throw file.Unsupported(other.Line, $"the operator {other.Text}");
        return product;
    }

    private JinjaExpression Chain(Func<JinjaExpression> operand, Func<JinjaToken, bool> joins)
    {
        var left = operand();
        while (joins(tokens.Current))
        {
            var sign = tokens.Take();
            left = new JinjaExpression.Binary(sign.Text, left, operand(), sign.Line);
        }
        return left;
    }

    private JinjaExpression Signed()
    {
        if (!tokens.Current.IsOperator("-"))
            return Filtered(Postfix(Primary()));
        var line = tokens.Take().Line;
        return Filtered(new JinjaExpression.Unary("-", Postfix(Primary()), line));
    }

    private JinjaExpression Primary()
    {
        var token = tokens.Take();
        switch (token.Kind)
        {
            case JinjaTokenKind.String:
                var text = token.Text;
                while (tokens.Current.Kind == JinjaTokenKind.String)
                    text += tokens.Take().Text;
                return new JinjaExpression.Constant(text, token.Line);
            case JinjaTokenKind.Integer:
                return new JinjaExpression.Constant(long.Parse(token.Text, CultureInfo.InvariantCulture), token.Line);
            case JinjaTokenKind.Name:
                return token.Text switch
                {
                    "true" or "True" => new JinjaExpression.Constant(true, token.Line),
                    "false" or "False" => new JinjaExpression.Constant(false, token.Line),
                    "none" or "None" => new JinjaExpression.Constant(null, token.Line),
                    _ => new JinjaExpression.Variable(token.Text, token.Line),
                };
            case JinjaTokenKind.Operator when token.Text == "(":
                var inner = Expression();
                if (tokens.Current.IsOperator(","))
                    throw file.Unsupported(token.Line, "a tuple");
                tokens.ExpectOperator(")");
                return inner;
            case JinjaTokenKind.Operator when token.Text is "[" or "{":
                throw file.Unsupported(token.Line, token.Text == "[" ? "a list in brackets" : "a dictionary in braces");
            default:
                throw file.Error(token.Line, $"a value was expected, not {token}");
        }
    }

    private JinjaExpression Postfix(JinjaExpression value)
    {
        while (true)
        {
            var line = tokens.Current.Line;
            if (tokens.Accept("."))
                value = Member(value, tokens.Expect(JinjaTokenKind.Name, "a name").Text, line);
            else if (tokens.Accept("["))
                value = Subscript(value, line);
            else if (tokens.Current.IsOperator("("))
                value = value is JinjaExpression.Variable { Name: "raise_exception" }
                    ? new JinjaExpression.Call("raise_exception", Arguments(), line)
                    : throw file.Unsupported(line, value is JinjaExpression.Variable function ? $"the function {function.Name}" : "calling a value");
            else
                return value;
        }
    }

    private JinjaExpression Member(JinjaExpression owner, string name, int line)
    {
        if (tokens.Current.IsOperator("("))
            return Methods.Contains(name)
                ? new JinjaExpression.Method(name, owner, Arguments(), line)
                : throw file.Unsupported(line, $"the method {name}");
        if (owner is JinjaExpression.Variable { Name: "loop" } && !LoopItems.Contains(name))
            throw file.Unsupported(line, $"loop.{name}");
        return new JinjaExpression.Item(owner, new JinjaExpression.Constant(name, line), line);
    }

    private JinjaExpression Subscript(JinjaExpression owner, int line)
    {
        var key = tokens.Current.IsOperator(":") ? null : Expression();
        if (!tokens.Accept(":"))
        {
            tokens.ExpectOperator("]");
            return new JinjaExpression.Item(owner, key!, line);
        }
        var to = tokens.Current.IsOperator("]") || tokens.Current.IsOperator(":") ? null : Expression();
        if (tokens.Current.IsOperator(":"))
            throw file.Unsupported(line, "a slice with a step");
        tokens.ExpectOperator("]");
        return new JinjaExpression.Slice(owner, key, to, line);
    }

    private List<JinjaExpression> Arguments()
    {
        var arguments = new List<JinjaExpression>();
        tokens.ExpectOperator("(");
        while (!tokens.Accept(")"))
        {
            if (arguments.Count > 0)
                tokens.ExpectOperator(",");
            if (tokens.Current.Kind == JinjaTokenKind.Name && tokens.Next.IsOperator("="))
                throw file.Unsupported(tokens.Current.Line, $"the keyword argument {tokens.Current.Text}");
            arguments.Add(Expression());
        }
        return arguments;
    }

    private JinjaExpression Filtered(JinjaExpression value)
    {
        while (true)
        {
            var line = tokens.Current.Line;
            if (tokens.Accept("|"))
            {
                var name = tokens.Expect(JinjaTokenKind.Name, "a filter").Text;
                if (!Filters.Contains(name))
                    throw file.Unsupported(line, $"the filter {name}");
                value = new JinjaExpression.Filter(name, value, tokens.Current.IsOperator("(") ? Arguments() : [], line);
            }
            else if (tokens.Current.IsName("is"))
            {
                tokens.Take();
                var negated = tokens.Current.IsName("not");
                if (negated)
                    tokens.Take();
                var name = tokens.Expect(JinjaTokenKind.Name, "a test").Text;
                if (!Tests.Contains(name))
                    throw file.Unsupported(line, $"the test {name}");
                value = new JinjaExpression.Test(name, value, line);
                if (negated)
                    value = new JinjaExpression.Unary("not", value, line);
            }
            else
                return value;
        }
    }
}
