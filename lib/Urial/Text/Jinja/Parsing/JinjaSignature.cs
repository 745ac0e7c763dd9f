namespace Urial;

/// <summary>A macro, or the body of a call block, which is one without a name.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Parameters">Its parameters; a default where there is one.</param>
/// <param name="Body">What it writes.</param>
/// <param name="Uses">Which of <c>caller</c>, <c>varargs</c> and <c>kwargs</c> the body mentions, and so gets.</param>
internal sealed record JinjaSignature(
    string Name,
    IReadOnlyList<(string Name, JinjaExpression? Default)> Parameters,
    IReadOnlyList<JinjaStatement> Body,
    IReadOnlySet<string> Uses);
