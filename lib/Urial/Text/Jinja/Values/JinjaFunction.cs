namespace Urial;

/// <summary>What can be called: a function of Jinja, a method of a value, a macro, a loop that is recursive.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Call">What it does.</param>
internal sealed record JinjaFunction(string Name, Func<JinjaArguments, object?> Call)
{
    /// <summary>How it prints.</summary>
    public override string ToString() => $"<function {Name}>";
}
