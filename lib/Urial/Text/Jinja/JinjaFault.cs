namespace Urial;

/// <summary>
/// What goes wrong while a template is filled, as a clause without its end: <see cref="JinjaEvaluator"/> adds file and line to it.
/// </summary>
internal sealed class JinjaFault(string what) : Exception(what)
{
    /// <summary>What Jinja has and this library does not.</summary>
    public static JinjaFault Unsupported(string what) => new($"{what} is not supported; give the prompt verbatim instead");
}
