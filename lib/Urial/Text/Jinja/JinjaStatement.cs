namespace Urial;

/// <summary>A statement of a Jinja template.</summary>
/// <param name="Line">Its line in the template, from 1.</param>
internal abstract record JinjaStatement(int Line)
{
    /// <summary>Text that is written as it is.</summary>
    public sealed record Data(string Text, int Line) : JinjaStatement(Line);

    /// <summary><c>{{ value }}</c>.</summary>
    public sealed record Output(JinjaExpression Value, int Line) : JinjaStatement(Line);

    /// <summary><c>{% set name = value %}</c>.</summary>
    public sealed record Set(string Name, JinjaExpression Value, int Line) : JinjaStatement(Line);

    /// <summary><c>{% if condition %}</c> … <c>{% else %}</c> … <c>{% endif %}</c>; an elif is an if in the else.</summary>
    public sealed record If(JinjaExpression Condition, IReadOnlyList<JinjaStatement> Then, IReadOnlyList<JinjaStatement> Otherwise,
        int Line) : JinjaStatement(Line);

    /// <summary><c>{% for name in items %}</c> … <c>{% else %}</c> (no items) … <c>{% endfor %}</c>.</summary>
    public sealed record For(string Name, JinjaExpression Items, IReadOnlyList<JinjaStatement> Body, IReadOnlyList<JinjaStatement> Empty,
        int Line) : JinjaStatement(Line);
}
