namespace Urial;

/// <summary>A filter or test with what stands in its parentheses.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Arguments">What stands in its parentheses.</param>
/// <param name="Line">Its line in the template, from 1.</param>
internal sealed record JinjaNamedCall(string Name, JinjaCallArguments Arguments, int Line);
