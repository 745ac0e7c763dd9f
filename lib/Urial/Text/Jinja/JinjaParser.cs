namespace Urial;

/// <summary>Makes statements of a template's tokens; <see cref="JinjaExpressionParser"/> makes the expressions.</summary>
internal sealed class JinjaParser
{
    private readonly JinjaTokens _tokens;
    private readonly JinjaSource _file;
    private readonly JinjaExpressionParser _expressions;

    public JinjaParser(List<JinjaToken> tokens, JinjaSource file)
    {
        _tokens = new JinjaTokens(tokens, file);
        _file = file;
        _expressions = new JinjaExpressionParser(_tokens, file);
    }

    /// <summary>The whole template.</summary>
    public IReadOnlyList<JinjaStatement> Template() => Statements("the template");

    // Up to the block that ends them, whose keyword is then the current token; without ends, to the end of the template.
    private List<JinjaStatement> Statements(string owner, params string[] ends)
    {
        var start = _tokens.Current.Line;
        var statements = new List<JinjaStatement>();
        while (true)
        {
            var token = _tokens.Take();
            switch (token.Kind)
            {
                case JinjaTokenKind.End when ends.Length == 0:
                    return statements;
                case JinjaTokenKind.End:
                    throw _file.Error(start, $"{owner} is not closed by {{% {ends[^1]} %}}");
                case JinjaTokenKind.Data:
                    statements.Add(new JinjaStatement.Data(token.Text, token.Line));
                    break;
                case JinjaTokenKind.OutputBegin:
                    statements.Add(new JinjaStatement.Output(_expressions.Expression(), token.Line));
                    _tokens.Expect(JinjaTokenKind.OutputEnd, "}}");
                    break;
                default:
                    if (ends.Any(_tokens.Current.IsName))
                        return statements;
                    statements.Add(Block());
                    break;
            }
        }
    }

    private JinjaStatement Block()
    {
        var keyword = _tokens.Expect(JinjaTokenKind.Name, "a block's name");
        switch (keyword.Text)
        {
            case "if": return If(keyword.Line);
            case "for": return For(keyword.Line);
            case "set": return Set(keyword.Line);
            case "elif" or "else" or "endif" or "endfor" or "endset":
                throw _file.Error(keyword.Line, $"{{% {keyword.Text} %}} belongs to no open block");
            default:
                throw _file.Unsupported(keyword.Line, $"{{% {keyword.Text} %}}");
        }
    }

    private JinjaStatement.If If(int line)
    {
        var condition = _expressions.Expression();
        CloseTag();
        var then = Statements("{% if %}", "elif", "else", "endif");
        var keyword = _tokens.Take();
        if (keyword.Text == "elif")
            return new(condition, then, [If(keyword.Line)], line);
        CloseTag();
        List<JinjaStatement> otherwise = [];
        if (keyword.Text == "else")
        {
            otherwise = Statements("{% else %}", "endif");
            _tokens.Take();
            CloseTag();
        }
        return new(condition, then, otherwise, line);
    }

    private JinjaStatement.For For(int line)
    {
        var name = _tokens.Expect(JinjaTokenKind.Name, "a loop's variable").Text;
        if (_tokens.Current.IsOperator(","))
            throw _file.Unsupported(line, "{% for %} with several variables");
        if (!_tokens.Current.IsName("in"))
            throw _tokens.Unexpected("in");
        _tokens.Take();
        var items = _expressions.Or(); // an if after it would be the loop's filter
        foreach (var extra in new[] { "if", "recursive" })
            if (_tokens.Current.IsName(extra))
                throw _file.Unsupported(line, $"{{% for … {extra} %}}");
        CloseTag();
        var body = Statements("{% for %}", "else", "endfor");
        var keyword = _tokens.Take();
        CloseTag();
        List<JinjaStatement> empty = [];
        if (keyword.Text == "else")
        {
            empty = Statements("{% else %}", "endfor");
            _tokens.Take();
            CloseTag();
        }
        return new(name, items, body, empty, line);
    }

    private JinjaStatement.Set Set(int line)
    {
        var name = _tokens.Expect(JinjaTokenKind.Name, "a variable").Text;
        if (_tokens.Current.IsOperator(".") || _tokens.Current.IsOperator(","))
            throw _file.Unsupported(line, $"{{% set {name}{_tokens.Current.Text}… %}}");
        if (!_tokens.Current.IsOperator("="))
            throw _file.Unsupported(line, "{% set %} … {% endset %}");
        _tokens.Take();
        var value = _expressions.Expression();
        CloseTag();
        return new(name, value, line);
    }

    private void CloseTag() => _tokens.Expect(JinjaTokenKind.BlockEnd, "%}");
}
