using System.Text;

namespace Urial;

/// <summary>Carries out a template. Values and operations are Python's.</summary>
internal sealed class JinjaEvaluator(JinjaSource file)
{
    private readonly StringBuilder _output = new();
    private readonly JinjaOperations _operations = new(file);

    /// <summary>The text of a template.</summary>
    public string Render(IReadOnlyList<JinjaStatement> template, IReadOnlyDictionary<string, object?> variables)
    {
        Run(template, new JinjaScope(null, variables));
        return _output.ToString();
    }

    private void Run(IReadOnlyList<JinjaStatement> statements, JinjaScope scope)
    {
        foreach (var statement in statements)
            switch (statement)
            {
                case JinjaStatement.Data data:
                    _output.Append(data.Text);
                    break;
                case JinjaStatement.Output output:
                    _output.Append(JinjaText.Print(Value(output.Value, scope)));
                    break;
                case JinjaStatement.Set set:
                    scope.Set(set.Name, Value(set.Value, scope));
                    break;
                case JinjaStatement.If choice:
                    Run(JinjaOperations.IsTrue(Value(choice.Condition, scope)) ? choice.Then : choice.Otherwise, scope);
                    break;
                case JinjaStatement.For loop:
                    Loop(loop, scope);
                    break;
            }
    }

    private void Loop(JinjaStatement.For loop, JinjaScope scope)
    {
        var items = _operations.Items(Value(loop.Items, scope), loop.Line);
        for (var i = 0; i < items.Count; i++)
            Run(loop.Body, new JinjaScope(scope, new Dictionary<string, object?>
            {
                [loop.Name] = items[i],
                ["loop"] = new Dictionary<string, object?>
                {
                    ["index"] = i + 1L,
                    ["index0"] = (long)i,
                    ["first"] = i == 0,
                    ["last"] = i == items.Count - 1,
                    ["length"] = (long)items.Count,
                },
            }));
        if (items.Count == 0)
            Run(loop.Empty, scope);
    }

    private object? Value(JinjaExpression expression, JinjaScope scope) => expression switch
    {
        JinjaExpression.Constant constant => constant.Value,
        JinjaExpression.Variable variable => scope.Get(variable.Name),
        JinjaExpression.Item item => _operations.Item(Value(item.Owner, scope), Value(item.Key, scope), item.Line),
        JinjaExpression.Slice slice =>
            _operations.Slice(Value(slice.Owner, scope), Optional(slice.From, scope), Optional(slice.To, scope), slice.Line),
        JinjaExpression.Unary { Sign: "not" } not => !JinjaOperations.IsTrue(Value(not.Operand, scope)),
        JinjaExpression.Unary minus => _operations.Binary("-", 0L, Value(minus.Operand, scope), minus.Line),
        JinjaExpression.Binary { Sign: "and" } and =>
            Value(and.Left, scope) is var left && JinjaOperations.IsTrue(left) ? Value(and.Right, scope) : left,
        JinjaExpression.Binary { Sign: "or" } or =>
            Value(or.Left, scope) is var left && JinjaOperations.IsTrue(left) ? left : Value(or.Right, scope),
        JinjaExpression.Binary binary =>
            _operations.Binary(binary.Sign, Value(binary.Left, scope), Value(binary.Right, scope), binary.Line),
        JinjaExpression.Conditional choice => JinjaOperations.IsTrue(Value(choice.Condition, scope)) ? Value(choice.Then, scope)
            : choice.Otherwise is null ? new JinjaUndefined("the value of an if without else") : Value(choice.Otherwise, scope),
        JinjaExpression.Test test => JinjaOperations.Test(test.Name, Value(test.Operand, scope)),
        JinjaExpression.Filter filter =>
            _operations.Filter(filter.Name, Value(filter.Operand, scope), Values(filter.Arguments, scope), filter.Line),
        JinjaExpression.Method method =>
            _operations.Method(method.Name, Value(method.Owner, scope), Values(method.Arguments, scope), method.Line),
        JinjaExpression.Call call => throw file.Error(call.Line,
            $"it refuses this conversation: {string.Join(", ", Values(call.Arguments, scope).Select(JinjaText.Print))}"),
        _ => throw file.Unsupported(expression.Line, expression.GetType().Name),
    };

    private object? Optional(JinjaExpression? expression, JinjaScope scope) => expression is null ? null : Value(expression, scope);

    private List<object?> Values(IReadOnlyList<JinjaExpression> expressions, JinjaScope scope) =>
        [.. expressions.Select(expression => Value(expression, scope))];
}
