namespace Urial;

/// <summary>Makes statements of a template's tokens; <see cref="JinjaExpressionParser"/> makes the expressions.</summary>
internal sealed class JinjaParser
{
    private static readonly string[] Ends = ["elif", "else", "endif", "endfor", "endset", "endmacro", "endcall", "endfilter", "endwith",
        "endgeneration"];

    private readonly JinjaTokens _tokens;
    private readonly JinjaSource _file;
    private readonly JinjaExpressionParser _expressions;
    private readonly JinjaTargetParser _targets;
    private int _loops;

    public JinjaParser(List<JinjaToken> tokens, JinjaSource file)
    {
        _tokens = new JinjaTokens(tokens, file);
        _file = file;
        _expressions = new JinjaExpressionParser(_tokens, file);
        _targets = new JinjaTargetParser(_tokens, _expressions);
    }

    /// <summary>The whole template.</summary>
    public IReadOnlyList<JinjaStatement> Template() => Statements("the template");

    // Up to the block that ends them, whose keyword is then the current token; without ends, to the end of the template.
    private List<JinjaStatement> Statements(string owner, params string[] ends)
    {
        _tokens.CheckDepth();
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
                    statements.Add(new JinjaStatement.Output(_expressions.Tuple(), token.Line));
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
        var (line, keyword) = (_tokens.Current.Line, _tokens.Expect(JinjaTokenKind.Name, "a block's name").Text);
        return keyword switch
        {
            "if" => If(line),
            "for" => For(line),
            "set" => Set(line),
            "break" => Jump(JinjaFlow.Break, "break", line),
            "continue" => Jump(JinjaFlow.Continue, "continue", line),
            "macro" => new JinjaStatement.Macro(
                Signature(_tokens.Expect(JinjaTokenKind.Name, "a macro's name").Text, "macro", () => { }), line),
            "call" => CallBlock(line),
            "print" => Print(line),
            "filter" => new JinjaStatement.FilterBlock(_expressions.Filters(begun: true), Body("filter"), line),
            "with" => new JinjaStatement.With(_targets.Assignments(), Body("with"), line),
            "generation" => new JinjaStatement.With([], Apart(() => Body("generation")), line),
            _ when Ends.Contains(keyword) => throw _file.Error(line, $"{{% {keyword} %}} belongs to no open block"),
            _ => throw _file.Unsupported(line, $"{{% {keyword} %}}"),
        };
    }

    // What stands between a tag and its end.
    private List<JinjaStatement> Body(string keyword)
    {
        CloseTag();
        var body = Statements($"{{% {keyword} %}}", "end" + keyword);
        EndTag();
        return body;
    }

    private JinjaStatement.If If(int line)
    {
        var condition = _expressions.Tuple(conditional: false);
        CloseTag();
        _tokens.Ifs++;
        var then = Statements("{% if %}", "elif", "else", "endif");
        var keyword = _tokens.Take();
        List<JinjaStatement> otherwise = [];
        if (keyword.Text == "elif")
            otherwise = [If(keyword.Line)];
        else
        {
            CloseTag();
            if (keyword.Text == "else")
            {
                otherwise = Statements("{% else %}", "endif");
                EndTag();
            }
        }
        _tokens.Ifs--;
        return new(condition, then, otherwise, line);
    }

    private JinjaStatement.For For(int line)
    {
        var target = _targets.Target("in");
        _tokens.ExpectName("in");
        var items = _expressions.Tuple(conditional: false); // an if after it is the loop's filter
        var condition = _tokens.AcceptName("if") ? _expressions.Expression() : null;
        var recursive = _tokens.AcceptName("recursive");
        CloseTag();
        _loops++;
        var body = Statements("{% for %}", "else", "endfor");
        _loops--;
        var keyword = _tokens.Take();
        CloseTag();
        List<JinjaStatement> otherwise = [];
        if (keyword.Text == "else")
        {
            otherwise = Statements("{% else %}", "endfor");
            EndTag();
        }
        return new(target, items, condition, recursive, body, otherwise, line);
    }

    private JinjaStatement Set(int line)
    {
        var target = _targets.Target(null, ofNamespace: true);
        if (!_tokens.Accept("="))
            return new JinjaStatement.SetBlock(target, _expressions.Filters(begun: false), Body("set"), line);
        var value = _expressions.Tuple();
        CloseTag();
        return new JinjaStatement.Set(target, value, line);
    }

    // As {{ }}, and of several values each is written.
    private JinjaStatement.Output Print(int line)
    {
        var values = _expressions.Tuple();
        CloseTag();
        return new JinjaStatement.Output(values is not JinjaExpression.Sequence { IsTuple: true } several ? values
            : several.Items.Aggregate((left, right) => new JinjaExpression.Binary("~", left, right, line)), line);
    }

    private JinjaStatement.Jump Jump(JinjaFlow flow, string keyword, int line)
    {
        if (_loops == 0)
            throw _file.Error(line, $"{{% {keyword} %}} stands in no loop");
        CloseTag();
        return new JinjaStatement.Jump(flow, line);
    }

    private JinjaStatement.CallBlock CallBlock(int line)
    {
        JinjaExpression? call = null;
        var caller = Signature("caller", "call", () => call = _expressions.Expression());
        return new(call as JinjaExpression.Call ?? throw _file.Error(line, "{% call %} needs a call of a macro"), caller, line);
    }

    // A macro's body is a function of its own: no break leaves it.
    private JinjaSignature Signature(string name, string keyword, Action afterParameters)
    {
        var parameters = keyword == "macro" || _tokens.Current.IsOperator("(") ? _targets.Parameters() : [];
        afterParameters();
        var place = _tokens.Place;
        var body = Apart(() => Body(keyword));
        var uses = _tokens.Since(place).Where(token => token.Kind == JinjaTokenKind.Name && token.Text is "caller" or "varargs" or "kwargs")
            .Select(token => token.Text).Except(parameters.Select(parameter => parameter.Name)).ToHashSet();
        return new JinjaSignature(name, parameters, body, uses);
    }

    private List<JinjaStatement> Apart(Func<List<JinjaStatement>> body)
    {
        (var loops, _loops) = (_loops, 0);
        var statements = body();
        _loops = loops;
        return statements;
    }

    private void EndTag()
    {
        _tokens.Take();
        CloseTag();
    }

    private void CloseTag() => _tokens.Expect(JinjaTokenKind.BlockEnd, "%}");
}
