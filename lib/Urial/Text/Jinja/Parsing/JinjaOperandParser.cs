using System.Globalization;
using System.Numerics;

namespace Urial;

/// <summary>
/// Makes the operands of expressions: constants, lists, dictionaries and variables, with their members, elements and calls.
/// </summary>
/// <param name="tokens">The template's tokens.</param>
/// <param name="file">The template's file.</param>
/// <param name="expressions">Reads whole expressions, for what stands in brackets.</param>
internal sealed class JinjaOperandParser(JinjaTokens tokens, JinjaSource file, JinjaExpressionParser expressions)
{
    /// <summary>An operand alone.</summary>
    public JinjaExpression Primary()
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
                return new JinjaExpression.Constant(Whole(token.Text), token.Line);
            case JinjaTokenKind.Float:
                return new JinjaExpression.Constant(double.Parse(token.Text, CultureInfo.InvariantCulture), token.Line);
            case JinjaTokenKind.Name:
                return token.Text switch
                {
                    "true" or "True" => new JinjaExpression.Constant(true, token.Line),
                    "false" or "False" => new JinjaExpression.Constant(false, token.Line),
                    "none" or "None" => new JinjaExpression.Constant(null, token.Line),
                    _ => new JinjaExpression.Variable(token.Text, token.Line),
                };
            case JinjaTokenKind.Operator when token.Text == "(":
                var inner = expressions.Tuple(inParentheses: true);
                tokens.ExpectOperator(")");
                return inner;
            case JinjaTokenKind.Operator when token.Text == "[":
                return new JinjaExpression.Sequence(Until("]", expressions.Expression), false, token.Line);
            case JinjaTokenKind.Operator when token.Text == "{":
                return new JinjaExpression.Dictionary(Until("}", Entry), token.Line);
            default:
                throw file.Error(token.Line, $"a value was expected, not {token}");
        }
    }

    /// <summary>An operand with its members, elements, slices and calls.</summary>
    public JinjaExpression Postfix(JinjaExpression value)
    {
        while (true)
        {
            var line = tokens.Current.Line;
            if (tokens.Accept("."))
                value = tokens.Current.Kind == JinjaTokenKind.Integer
                    ? new JinjaExpression.Item(value, new JinjaExpression.Constant(Whole(tokens.Take().Text), line), line)
                    : new JinjaExpression.Member(value, tokens.Expect(JinjaTokenKind.Name, "a name").Text, line);
            else if (tokens.Accept("["))
                value = Subscript(value, line);
            else if (tokens.Current.IsOperator("("))
                value = new JinjaExpression.Call(value, Arguments(), line);
            else
                return value;
        }
    }

    /// <summary>Arguments in parentheses.</summary>
    public JinjaCallArguments Arguments()
    {
        var positional = new List<JinjaExpression>();
        var named = new List<(string, JinjaExpression)>();
        JinjaExpression? rest = null, namedRest = null;
        tokens.ExpectOperator("(");
        while (!tokens.Accept(")"))
        {
            if (positional.Count + named.Count > 0 || rest is not null || namedRest is not null)
            {
                tokens.ExpectOperator(",");
                if (tokens.Accept(")"))
                    break;
            }
            var line = tokens.Current.Line;
            var fits = namedRest is null;
            if (tokens.Accept("*"))
                (fits, rest) = (fits && rest is null, expressions.Expression());
            else if (tokens.Accept("**"))
                namedRest = expressions.Expression();
            else if (tokens.Current.Kind == JinjaTokenKind.Name && tokens.Next.IsOperator("="))
            {
                var name = tokens.Take().Text;
                tokens.Take();
                named.Add((name, expressions.Expression()));
            }
            else
            {
                fits = fits && rest is null && named.Count == 0;
                positional.Add(expressions.Expression());
            }
            if (!fits)
                throw file.Error(line, "the order of arguments is: values, names with values, *list, **dictionary");
        }
        return new JinjaCallArguments(positional, named, rest, namedRest);
    }

    private (JinjaExpression, JinjaExpression) Entry()
    {
        var key = expressions.Expression();
        tokens.ExpectOperator(":");
        return (key, expressions.Expression());
    }

    // Items with commas between them, and perhaps one behind the last.
    private List<T> Until<T>(string close, Func<T> item)
    {
        var items = new List<T>();
        while (!tokens.Accept(close))
        {
            if (items.Count > 0)
            {
                tokens.ExpectOperator(",");
                if (tokens.Accept(close))
                    break;
            }
            items.Add(item());
        }
        return items;
    }

    private JinjaExpression Subscript(JinjaExpression owner, int line)
    {
        var from = Bound();
        if (tokens.Accept(":"))
        {
            var to = Bound();
            var step = tokens.Accept(":") ? Bound() : null;
            tokens.ExpectOperator("]");
            return new JinjaExpression.Slice(owner, from, to, step, line);
        }
        if (tokens.Current.IsOperator(","))
            throw file.Unsupported(line, "an index of several parts");
        tokens.ExpectOperator("]");
        return new JinjaExpression.Item(owner, from ?? throw file.Error(line, "an index was expected, not \"]\""), line);
    }

    private JinjaExpression? Bound() => tokens.Current.IsOperator(":") || tokens.Current.IsOperator("]") ? null : expressions.Expression();

    private static BigInteger Whole(string digits)
    {
        if (digits.Length < 3 || digits[0] != '0' || char.IsAsciiDigit(digits[1]))
            return JinjaNumber.Parse(digits);
        var radix = char.ToLowerInvariant(digits[1]) switch { 'x' => 16, 'o' => 8, _ => 2 };
        return digits[2..].Aggregate(BigInteger.Zero, (number, digit) => number * radix + Convert.ToInt32(digit.ToString(), 16));
    }
}
