namespace Urial;

/// <summary>An expression of a Jinja template.</summary>
/// <param name="Line">Its line in the template, from 1.</param>
internal abstract record JinjaExpression(int Line)
{
    /// <summary>A string, number, boolean or none.</summary>
    public sealed record Constant(object? Value, int Line) : JinjaExpression(Line);

    /// <summary>A variable.</summary>
    public sealed record Variable(string Name, int Line) : JinjaExpression(Line);

    /// <summary><c>[a, b]</c>, or a tuple <c>(a, b)</c>.</summary>
    public sealed record Sequence(IReadOnlyList<JinjaExpression> Items, bool IsTuple, int Line) : JinjaExpression(Line);

    /// <summary><c>{key: value}</c>.</summary>
    public sealed record Dictionary(IReadOnlyList<(JinjaExpression Key, JinjaExpression Value)> Entries, int Line) : JinjaExpression(Line);

    /// <summary><c>owner.name</c>.</summary>
    public sealed record Member(JinjaExpression Owner, string Name, int Line) : JinjaExpression(Line);

    /// <summary><c>owner[key]</c>.</summary>
    public sealed record Item(JinjaExpression Owner, JinjaExpression Key, int Line) : JinjaExpression(Line);

    /// <summary><c>owner[from:to:step]</c>.</summary>
    public sealed record Slice(JinjaExpression Owner, JinjaExpression? From, JinjaExpression? To, JinjaExpression? Step, int Line)
        : JinjaExpression(Line);

    /// <summary><c>not</c> or a sign.</summary>
    public sealed record Unary(string Sign, JinjaExpression Operand, int Line) : JinjaExpression(Line);

    /// <summary>Two operands with a sign or keyword between them.</summary>
    public sealed record Binary(string Sign, JinjaExpression Left, JinjaExpression Right, int Line) : JinjaExpression(Line);

    /// <summary><c>a &lt; b &lt; c</c>: one operand more than signs.</summary>
    public sealed record Comparison(IReadOnlyList<JinjaExpression> Operands, IReadOnlyList<string> Signs, int Line) : JinjaExpression(Line);

    /// <summary><c>then if condition else otherwise</c>.</summary>
    public sealed record Conditional(JinjaExpression Condition, JinjaExpression Then, JinjaExpression? Otherwise, int Line)
        : JinjaExpression(Line);

    /// <summary><c>operand is test(…)</c>.</summary>
    public sealed record Test(JinjaExpression Operand, JinjaNamedCall Applied, int Line) : JinjaExpression(Line);

    /// <summary><c>operand | filter(…)</c>.</summary>
    public sealed record Filter(JinjaExpression Operand, JinjaNamedCall Applied, int Line) : JinjaExpression(Line);

    /// <summary><c>callee(…)</c>.</summary>
    public sealed record Call(JinjaExpression Callee, JinjaCallArguments Arguments, int Line) : JinjaExpression(Line);
}
