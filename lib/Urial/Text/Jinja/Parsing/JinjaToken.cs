namespace Urial;

/// <summary>A token of a Jinja template.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">Its text; of a string, its value.</param>
/// <param name="Line">Its line in the template, from 1.</param>
internal readonly record struct JinjaToken(JinjaTokenKind Kind, string Text, int Line)
{
    /// <summary>Whether this is a certain sign.</summary>
    public bool IsOperator(string sign) => Kind == JinjaTokenKind.Operator && Text == sign;

    /// <summary>Whether this is a certain name or keyword.</summary>
    public bool IsName(string name) => Kind == JinjaTokenKind.Name && Text == name;

    /// <summary>How a message names it.</summary>
    public override string ToString() => Kind == JinjaTokenKind.End ? "the end of the template" : $"\"{Text}\"";
}
