namespace Urial;

/// <summary>A statement of a Jinja template.</summary>
/// <param name="Line">Its line in the template, from 1.</param>
internal abstract record JinjaStatement(int Line)
{
    /// <summary>Text that is written as it is.</summary>
    public sealed record Data(string Text, int Line) : JinjaStatement(Line);

    /// <summary><c>{{ value }}</c>.</summary>
    public sealed record Output(JinjaExpression Value, int Line) : JinjaStatement(Line);

    /// <summary><c>{% set target = value %}</c>.</summary>
    public sealed record Set(JinjaTarget Target, JinjaExpression Value, int Line) : JinjaStatement(Line);

    /// <summary><c>{% set target | filter %}</c> … <c>{% endset %}</c>.</summary>
    public sealed record SetBlock(JinjaTarget Target, IReadOnlyList<JinjaNamedCall> Filters, IReadOnlyList<JinjaStatement> Body, int Line)
        : JinjaStatement(Line);

    /// <summary><c>{% if condition %}</c> … <c>{% else %}</c> … <c>{% endif %}</c>; an elif is an if in the else.</summary>
    public sealed record If(JinjaExpression Condition, IReadOnlyList<JinjaStatement> Then, IReadOnlyList<JinjaStatement> Otherwise,
        int Line) : JinjaStatement(Line);

    /// <summary><c>{% for target in items if condition %}</c> … <c>{% else %}</c> (no items) … <c>{% endfor %}</c>.</summary>
    public sealed record For(JinjaTarget Target, JinjaExpression Items, JinjaExpression? Condition, bool Recursive,
        IReadOnlyList<JinjaStatement> Body, IReadOnlyList<JinjaStatement> Otherwise, int Line) : JinjaStatement(Line);

    /// <summary><c>{% break %}</c> or <c>{% continue %}</c>.</summary>
    public sealed record Jump(JinjaFlow Flow, int Line) : JinjaStatement(Line);

    /// <summary><c>{% macro name(…) %}</c> … <c>{% endmacro %}</c>.</summary>
    public sealed record Macro(JinjaSignature Signature, int Line) : JinjaStatement(Line);

    /// <summary><c>{% call(…) macro(…) %}</c> … <c>{% endcall %}</c>.</summary>
    public sealed record CallBlock(JinjaExpression.Call Call, JinjaSignature Caller, int Line) : JinjaStatement(Line);

    /// <summary><c>{% filter name %}</c> … <c>{% endfilter %}</c>.</summary>
    public sealed record FilterBlock(IReadOnlyList<JinjaNamedCall> Filters, IReadOnlyList<JinjaStatement> Body, int Line)
        : JinjaStatement(Line);

    /// <summary>
    /// <c>{% with a = 1 %}</c> … <c>{% endwith %}</c>; and <c>{% generation %}</c> … <c>{% endgeneration %}</c>, by which transformers
    /// marks what the model says, with nothing to set.
    /// </summary>
    public sealed record With(IReadOnlyList<(JinjaTarget Target, JinjaExpression Value)> Values, IReadOnlyList<JinjaStatement> Body,
        int Line) : JinjaStatement(Line);
}
