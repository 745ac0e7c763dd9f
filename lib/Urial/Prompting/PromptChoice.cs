using System.Text.Json.Nodes;

namespace Urial;

/// <summary>Which prompt style a command asks for.</summary>
/// <param name="Style">A style's name or a prompt file, as <see cref="PromptStyles.Of"/> takes it.</param>
/// <param name="Examples">How many examples it shows; null: its own number.</param>
/// <param name="Form">How the query is written behind the examples of a prompt file that leaves a choice.</param>
public sealed record PromptChoice(string Style, int? Examples = null, QueryForm Form = QueryForm.Paper)
{
    /// <summary>The style for a model.</summary>
    /// <param name="model">Who reads the prompts; it must outlive the style.</param>
    /// <exception cref="UrialException">There is no such style or file, or the model has no chat template.</exception>
    public IPromptStyle For(IPromptedModel model) => PromptStyles.Of(Style, Examples, model, Form);

    /// <summary>The choice as a manifest has it: equal choices give equal prompts.</summary>
    /// <param name="style">The style that it became; null: none, and all prompts were given.</param>
    internal JsonObject Manifest(IPromptStyle? style) => new()
    {
        ["style"] = style?.Name,
        ["examples"] = Examples,
        ["query_form"] = Form.Word(),
        // with "{query}" in the query's place
        ["text_sha256"] = style is not null && Example(style) is { } example ? ContentHash.Of(example.Text) : null,
    };

    /// <summary>Where the style's prompts come from, in words; null where it makes none of a single query.</summary>
    internal static string? Provenance(IPromptStyle style) => Example(style)?.Provenance;

    // A template may refuse a conversation without a system message.
    private static PromptText? Example(IPromptStyle style)
    {
        try
        {
            return style.Prompt("{query}");
        }
        catch (UrialException)
        {
            return null;
        }
    }
}
