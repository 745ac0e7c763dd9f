using System.Text;

namespace Urial;

/// <summary>Carries out a template's statements; <see cref="JinjaExpressions"/> works out their values.</summary>
internal sealed class JinjaEvaluator(JinjaSource file, Func<DateTimeOffset> now)
{
    private readonly JinjaExpressions _expressions = new();
    private StringBuilder _output = new();

    /// <summary>The text of a template.</summary>
    /// <exception cref="UrialException">Something goes wrong, or the template refuses the conversation.</exception>
    public string Render(IReadOnlyList<JinjaStatement> template, JinjaDict variables)
    {
        var scope = new JinjaScope(null);
        foreach (var (name, function) in JinjaFunctions.All(now))
            scope.Set(name, function);
        foreach (var (name, value) in variables)
            scope.Set((string)name!, value);
        try
        {
            Run(template, new JinjaScope(scope));
            return _output.ToString();
        }
        catch (JinjaFault fault)
        {
            throw file.Error(_expressions.Line, fault.Message);
        }
        catch (JinjaRefusal refusal)
        {
            throw file.Error(_expressions.Line, $"it refuses this conversation: {refusal.Message}");
        }
    }

    private JinjaFlow Run(IReadOnlyList<JinjaStatement> statements, JinjaScope scope)
    {
        foreach (var statement in statements)
        {
            _expressions.Line = statement.Line;
            if (Run(statement, scope) is var flow and not JinjaFlow.Next)
                return flow;
        }
        return JinjaFlow.Next;
    }

    private JinjaFlow Run(JinjaStatement statement, JinjaScope scope)
    {
        switch (statement)
        {
            case JinjaStatement.Data data:
                _output.Append(data.Text);
                break;
            case JinjaStatement.Output output:
                _output.Append(JinjaText.Print(_expressions.Value(output.Value, scope)));
                break;
            case JinjaStatement.Set set:
                Assign(set.Target, _expressions.Value(set.Value, scope), scope);
                break;
            case JinjaStatement.SetBlock set:
                return Capture(set.Body, set.Filters, scope, value => Assign(set.Target, value, scope));
            case JinjaStatement.If choice:
                return Run(JinjaValue.IsTrue(_expressions.Value(choice.Condition, scope)) ? choice.Then : choice.Otherwise, scope);
            case JinjaStatement.For loop:
                return Loop(loop, _expressions.Value(loop.Items, scope), scope, 0);
            case JinjaStatement.Jump jump:
                return jump.Flow;
            case JinjaStatement.Macro macro:
                scope.Set(macro.Signature.Name, Function(macro.Signature, scope));
                break;
            case JinjaStatement.CallBlock block:
                _output.Append(JinjaText.Print(_expressions.Call(block.Call, scope, Function(block.Caller, scope))));
                break;
            case JinjaStatement.FilterBlock block:
                return Capture(block.Body, block.Filters, scope, value => _output.Append(JinjaText.Print(value)));
            case JinjaStatement.With with:
                var inner = new JinjaScope(scope);
                foreach (var (target, value) in with.Values)
                    Assign(target, _expressions.Value(value, scope), inner);
                return Run(with.Body, inner);
        }
        return JinjaFlow.Next;
    }

    // The else of a loop runs where no item came to the end of the body: where there is none, or each met a break or continue.
    private JinjaFlow Loop(JinjaStatement.For loop, object? over, JinjaScope scope, int depth)
    {
        var items = JinjaValue.Items(over);
        if (loop.Condition is not null)
            items = new JinjaGenerator(items.Where(item => JinjaValue.IsTrue(_expressions.Value(loop.Condition, Inner(item)))));
        var state = new JinjaLoop(items, depth, loop.Recursive ? (inner, level) => Text(() => Loop(loop, inner, scope, level)) : null);
        var through = false;
        while (state.MoveNext(out var item))
        {
            var inner = Inner(item);
            inner.Set("loop", state);
            var flow = Run(loop.Body, inner);
            if (flow == JinjaFlow.Break)
                break;
            through |= flow == JinjaFlow.Next;
        }
        return through || loop.Otherwise.Count == 0 ? JinjaFlow.Next : Run(loop.Otherwise, new JinjaScope(scope));

        JinjaScope Inner(object? item)
        {
            var inner = new JinjaScope(scope);
            Assign(loop.Target, item, inner);
            return inner;
        }
    }

    private JinjaFlow Capture(IReadOnlyList<JinjaStatement> body, IReadOnlyList<JinjaNamedCall> filters, JinjaScope scope,
        Action<object?> use)
    {
        var flow = JinjaFlow.Next;
        var text = Text(() => flow = Run(body, new JinjaScope(scope)));
        if (flow == JinjaFlow.Next)
            use(filters.Aggregate((object?)text, (filtered, filter) => _expressions.Filter(filter, filtered, scope)));
        return flow;
    }

    private string Text(Action write)
    {
        (var outer, _output) = (_output, new StringBuilder());
        try
        {
            write();
            return _output.ToString();
        }
        finally
        {
            _output = outer;
        }
    }

    private JinjaFunction Function(JinjaSignature macro, JinjaScope scope) => new(macro.Name, arguments =>
    {
        var inner = new JinjaScope(scope);
        var line = _expressions.Line;
        JinjaMacroCall.Bind(macro, arguments, inner, value => _expressions.Value(value, inner));
        var text = Text(() => Run(macro.Body, inner));
        _expressions.Line = line;
        return text;
    });

    private static void Assign(JinjaTarget target, object? value, JinjaScope scope)
    {
        switch (target)
        {
            case JinjaTarget.Variable variable:
                scope.Set(variable.Name, value);
                break;
            case JinjaTarget.Member member when scope.Get(member.Space) is JinjaNamespace space:
                space.Entries[member.Name] = value;
                break;
            case JinjaTarget.Member member:
                throw new JinjaFault($"{member.Space} is no namespace: only names of a namespace can be set");
            case JinjaTarget.Several several:
                object?[] items = [.. JinjaValue.Items(value)];
                if (items.Length != several.Targets.Count)
                    throw new JinjaFault(FormattableString.Invariant(
                        $"{items.Length} values cannot be given to {several.Targets.Count} variables"));
                for (var i = 0; i < items.Length; i++)
                    Assign(several.Targets[i], items[i], scope);
                break;
        }
    }
}
