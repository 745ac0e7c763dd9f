namespace Urial;

/// <summary>What a name, key or index stands for that does not exist: nothing when written, an error when used.</summary>
/// <param name="What">What was looked for.</param>
/// <param name="Verdict">What is wrong with it.</param>
internal sealed record JinjaUndefined(string What, string Verdict = "is undefined")
{
    /// <summary>What to throw where it is used.</summary>
    public JinjaFault Fault() => new($"{What} {Verdict}");
}
