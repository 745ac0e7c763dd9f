namespace Urial;

/// <summary>The values of expressions.</summary>
internal sealed class JinjaExpressions
{
    /// <summary>The line of what is worked out now, for messages.</summary>
    public int Line { get; set; } = 1;

    /// <summary>An expression's value.</summary>
    /// <exception cref="JinjaFault">An operation does not fit its values.</exception>
    public object? Value(JinjaExpression expression, JinjaScope scope)
    {
        JinjaDepth.Check();
        switch (expression)
        {
            case JinjaExpression.Constant constant:
                return constant.Value;
            case JinjaExpression.Variable variable:
                return scope.Get(variable.Name);
            case JinjaExpression.Sequence sequence:
                var items = sequence.Items.Select(item => Value(item, scope)).ToList();
                return sequence.IsTuple ? new JinjaTuple(items) : items;
            case JinjaExpression.Dictionary dictionary:
                return Dictionary(dictionary, scope);
            case JinjaExpression.Member member:
                return At(member, Value(member.Owner, scope), owner => JinjaMembers.Member(owner, member.Name));
            case JinjaExpression.Item item:
                var (itemOwner, key) = (Value(item.Owner, scope), Value(item.Key, scope));
                return At(item, itemOwner, owner => JinjaMembers.Item(owner, key));
            case JinjaExpression.Slice slice:
                var (whole, from, to, step) =
                    (Value(slice.Owner, scope), Optional(slice.From, scope), Optional(slice.To, scope), Optional(slice.Step, scope));
                return At(slice, whole, owner => JinjaOperators.Slice(owner, from, to, step));
            case JinjaExpression.Unary { Sign: "not" } not:
                return !JinjaValue.IsTrue(Value(not.Operand, scope));
            case JinjaExpression.Unary signed:
                return At(signed, Value(signed.Operand, scope), value => JinjaOperators.Signed(signed.Sign, value));
            case JinjaExpression.Binary { Sign: "and" or "or" } junction:
                var first = Value(junction.Left, scope);
                return JinjaValue.IsTrue(first) == (junction.Sign == "and") ? Value(junction.Right, scope) : first;
            case JinjaExpression.Binary binary:
                var (left, right) = (Value(binary.Left, scope), Value(binary.Right, scope));
                return At(binary, left, value => JinjaOperators.Binary(binary.Sign, value, right));
            case JinjaExpression.Comparison comparison:
                return Compare(comparison, scope);
            case JinjaExpression.Conditional choice:
                return JinjaValue.IsTrue(Value(choice.Condition, scope)) ? Value(choice.Then, scope)
                    : choice.Otherwise is null ? new JinjaUndefined("the value of an if without else") : Value(choice.Otherwise, scope);
            case JinjaExpression.Test test:
                return Apply(test.Applied, JinjaTests.Find, Value(test.Operand, scope), scope);
            case JinjaExpression.Filter filter:
                return Filter(filter.Applied, Value(filter.Operand, scope), scope);
            default:
                return Call((JinjaExpression.Call)expression, scope, null);
        }
    }

    /// <summary>What a filter makes of a value.</summary>
    /// <exception cref="JinjaFault">There is no such filter, or it does not fit the value.</exception>
    public object? Filter(JinjaNamedCall filter, object? value, JinjaScope scope) => Apply(filter, JinjaFilters.Find, value, scope);

    /// <summary>What a call gives.</summary>
    /// <param name="call">The call.</param>
    /// <param name="scope">The variables.</param>
    /// <param name="caller">What a call block hands to the macro; null where there is no block.</param>
    /// <exception cref="JinjaFault">What is called is no function, or the arguments do not fit.</exception>
    public object? Call(JinjaExpression.Call call, JinjaScope scope, JinjaFunction? caller)
    {
        var callee = call.Callee is JinjaExpression.Member member ? Method(member, Value(member.Owner, scope)) : Value(call.Callee, scope);
        var arguments = Arguments(call.Arguments, scope);
        if (caller is not null)
            arguments.Named["caller"] = caller;
        return At(call, callee, function => function switch
        {
            JinjaFunction some => some.Call(arguments),
            JinjaLoop loop => loop.Call(arguments),
            JinjaUndefined missing => throw missing.Fault(),
            _ => throw new JinjaFault($"{JinjaValue.Kind(function)} cannot be called"),
        });
    }

    private object? Method(JinjaExpression.Member member, object? owner) => At(member, owner, value =>
        JinjaMembers.Member(value, member.Name) is var method && method is JinjaUndefined { Verdict: "is undefined" }
            ? throw new JinjaFault($"{JinjaValue.Kind(value)} has no method {member.Name}") : method);

    private object? Apply(JinjaNamedCall call, Func<string, JinjaFilter> find, object? value, JinjaScope scope)
    {
        var arguments = Arguments(call.Arguments, scope);
        Line = call.Line;
        return find(call.Name)(value, arguments);
    }

    private JinjaArguments Arguments(JinjaCallArguments given, JinjaScope scope)
    {
        var positional = given.Positional.Select(argument => Value(argument, scope)).ToList();
        var named = new JinjaDict();
        foreach (var (name, value) in given.Named)
            named[name] = Value(value, scope);
        if (given.Rest is not null)
            positional.AddRange(JinjaValue.Items(Value(given.Rest, scope)));
        if (given.NamedRest is not null)
            foreach (var (name, value) in Value(given.NamedRest, scope) as JinjaDict ?? throw new JinjaFault("** needs a dictionary"))
                named[name as string ?? throw new JinjaFault("an argument's name must be a string")] = value;
        return new JinjaArguments(positional, named);
    }

    private JinjaDict Dictionary(JinjaExpression.Dictionary dictionary, JinjaScope scope)
    {
        var map = new JinjaDict();
        foreach (var (key, value) in dictionary.Entries)
            map[Value(key, scope)] = Value(value, scope);
        return map;
    }

    // a < b < c asks for each operand once, and stops at the first pair that does not hold.
    private bool Compare(JinjaExpression.Comparison comparison, JinjaScope scope)
    {
        var left = Value(comparison.Operands[0], scope);
        for (var i = 0; i < comparison.Signs.Count; i++)
        {
            var right = Value(comparison.Operands[i + 1], scope);
            Line = comparison.Line;
            if (!JinjaValue.IsTrue(JinjaOperators.Binary(comparison.Signs[i], left, right)))
                return false;
            left = right;
        }
        return true;
    }

    private object? Optional(JinjaExpression? expression, JinjaScope scope) => expression is null ? null : Value(expression, scope);

    // An operation whose operands are known: what goes wrong from here on, goes wrong in its line.
    private object? At(JinjaExpression expression, object? value, Func<object?, object?> operation)
    {
        Line = expression.Line;
        return operation(value);
    }
}
