namespace Urial;

/// <summary>In-context learning without a system text: the same few examples, answered plainly, before every query.</summary>
public sealed class VanillaIcl : IPromptStyle
{
    private readonly string _source;

    /// <summary>A prompt of given examples.</summary>
    /// <param name="examples">The examples in the order of the prompt.</param>
    /// <param name="source">Where they come from, for the provenance.</param>
    public VanillaIcl(IReadOnlyList<PromptExample> examples, string source = "examples given in code") =>
        (Examples, _source) = (examples, source);

    /// <inheritdoc/>
    public string Name => "vanilla-icl";

    /// <summary>The examples in the order of the prompt.</summary>
    public IReadOnlyList<PromptExample> Examples { get; }

    /// <inheritdoc/>
    public PromptText Prompt(IReadOnlyList<ChatMessage> conversation) =>
        Write(Conversation.Of(conversation), Examples, $"vanilla ICL, K = {Examples.Count}, {_source}, {PromptLayout.Fenced}");

    internal static PromptText Write(Conversation turns, IReadOnlyList<PromptExample> examples, string provenance)
    {
        var prompt = new PromptBuilder();
        if (turns.System is { } system)
            prompt.System(system);
        prompt.Examples(examples, PromptLayout.Fenced);
        prompt.Turns(turns, PromptLayout.Fenced);
        return prompt.Build([ZeroShot.Stop, "# Query"], provenance, PromptLayout.Fenced.Closing);
    }
}
