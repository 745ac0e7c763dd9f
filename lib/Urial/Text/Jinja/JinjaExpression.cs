namespace Urial;

/// <summary>An expression of a Jinja template.</summary>
/// <param name="Line">Its line in the template, from 1.</param>
internal abstract record JinjaExpression(int Line)
{
    /// <summary>A string, number, boolean or none.</summary>
    public sealed record Constant(object? Value, int Line) : JinjaExpression(Line);

    /// <summary>A variable.</summary>
    public sealed record Variable(string Name, int Line) : JinjaExpression(Line);

    /// <summary><c>owner.name</c> or <c>owner[key]</c>.</summary>
    public sealed record Item(JinjaExpression Owner, JinjaExpression Key, int Line) : JinjaExpression(Line);

    /// <summary><c>owner[from:to]</c>.</summary>
    public sealed record Slice(JinjaExpression Owner, JinjaExpression? From, JinjaExpression? To, int Line) : JinjaExpression(Line);

    /// <summary><c>not</c> or a minus sign.</summary>
    public sealed record Unary(string Sign, JinjaExpression Operand, int Line) : JinjaExpression(Line);

    /// <summary>Two operands with a sign or keyword between them.</summary>
    public sealed record Binary(string Sign, JinjaExpression Left, JinjaExpression Right, int Line) : JinjaExpression(Line);

    /// <summary><c>then if condition else otherwise</c>.</summary>
    public sealed record Conditional(JinjaExpression Condition, JinjaExpression Then, JinjaExpression? Otherwise, int Line)
        : JinjaExpression(Line);

    /// <summary><c>operand is test</c>.</summary>
    public sealed record Test(string Name, JinjaExpression Operand, int Line) : JinjaExpression(Line);

    /// <summary><c>operand | filter(…)</c>.</summary>
    public sealed record Filter(string Name, JinjaExpression Operand, IReadOnlyList<JinjaExpression> Arguments, int Line)
        : JinjaExpression(Line);

    /// <summary><c>owner.method(…)</c>.</summary>
    public sealed record Method(string Name, JinjaExpression Owner, IReadOnlyList<JinjaExpression> Arguments, int Line)
        : JinjaExpression(Line);

    /// <summary><c>function(…)</c>.</summary>
    public sealed record Call(string Name, IReadOnlyList<JinjaExpression> Arguments, int Line) : JinjaExpression(Line);
}
