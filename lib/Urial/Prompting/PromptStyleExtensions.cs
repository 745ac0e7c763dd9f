namespace Urial;

/// <summary>Shorter ways to use a prompt style.</summary>
public static class PromptStyleExtensions
{
    /// <summary>The prompt for one query.</summary>
    /// <exception cref="UrialException">The query is empty.</exception>
    public static PromptText Prompt(this IPromptStyle style, string query) => style.Prompt([new ChatMessage("user", query)]);
}
