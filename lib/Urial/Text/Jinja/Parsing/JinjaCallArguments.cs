namespace Urial;

/// <summary>The arguments of a call: <c>(a, name=b, *c, **d)</c>.</summary>
/// <param name="Positional">Those without a name.</param>
/// <param name="Named">Those with a name.</param>
/// <param name="Rest">A list of more of the first; null where there is none.</param>
/// <param name="NamedRest">A dictionary of more of the second; null where there is none.</param>
internal sealed record JinjaCallArguments(
    IReadOnlyList<JinjaExpression> Positional,
    IReadOnlyList<(string Name, JinjaExpression Value)> Named,
    JinjaExpression? Rest,
    JinjaExpression? NamedRest)
{
    /// <summary>No arguments.</summary>
    public static readonly JinjaCallArguments None = new([], [], null, null);

    /// <summary>One argument.</summary>
    public static JinjaCallArguments Of(JinjaExpression only) => new([only], [], null, null);
}
