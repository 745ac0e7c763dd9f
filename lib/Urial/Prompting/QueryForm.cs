namespace Urial;

/// <summary>
/// How the query is written behind the examples of a prompt file whose queries have their fences on their own lines
/// (<see cref="PromptLayout.Inline"/>). Other files know one form.
/// </summary>
public enum QueryForm
{
    /// <summary>
    /// As the examples are, which is how the paper's own runs sent it. A conversation of several turns has the later form.
    /// </summary>
    Paper,

    /// <summary>With fences on lines of their own, as the later code of Re-Align/URIAL writes it behind any such file.</summary>
    Later,
}
