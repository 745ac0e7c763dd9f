using System.Globalization;

namespace Urial;

/// <summary>Makes the operands of expressions: constants and variables with their members, elements, slices and calls.</summary>
/// <param name="tokens">The template's tokens.</param>
/// <param name="file">The template's file.</param>
/// <param name="expression">Reads a whole expression, for parentheses and arguments.</param>
internal sealed class JinjaOperandParser(JinjaTokens tokens, JinjaSource file, Func<JinjaExpression> expression)
{
    private static readonly string[] Methods = ["strip", "lstrip", "rstrip"];
    private static readonly string[] LoopItems = ["index", "index0", "first", "last", "length"];

    /// <summary>An operand.</summary>
    public JinjaExpression Operand() => Postfix(Primary());

    /// <summary>Arguments in parentheses.</summary>
    public List<JinjaExpression> Arguments()
    {
        var arguments = new List<JinjaExpression>();
        tokens.ExpectOperator("(");
        while (!tokens.Accept(")"))
        {
            if (arguments.Count > 0)
                tokens.ExpectOperator(",");
            if (tokens.Current.Kind == JinjaTokenKind.Name && tokens.Next.IsOperator("="))
                throw file.Unsupported(tokens.Current.Line, $"the keyword argument {tokens.Current.Text}");
            arguments.Add(expression());
        }
        return arguments;
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
                var inner = expression();
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
                    : throw file.Unsupported(line,
                        value is JinjaExpression.Variable function ? $"the function {function.Name}" : "calling a value");
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
        var key = tokens.Current.IsOperator(":") ? null : expression();
        if (!tokens.Accept(":"))
        {
            tokens.ExpectOperator("]");
            return new JinjaExpression.Item(owner, key!, line);
        }
        var to = tokens.Current.IsOperator("]") || tokens.Current.IsOperator(":") ? null : expression();
        if (tokens.Current.IsOperator(":"))
            throw file.Unsupported(line, "a slice with a step");
        tokens.ExpectOperator("]");
        return new JinjaExpression.Slice(owner, key, to, line);
    }
}
