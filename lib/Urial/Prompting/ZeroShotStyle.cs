namespace Urial;

/// <summary>The zero-shot style: <see cref="ZeroShot"/> for one query; earlier turns become blocks of the same form before it.</summary>
public sealed class ZeroShotStyle : IPromptStyle
{
    /// <inheritdoc/>
    public string Name => "zero-shot";

    /// <inheritdoc/>
    public PromptText Prompt(IReadOnlyList<ChatMessage> conversation)
    {
        var turns = Conversation.Of(conversation);
        var prompt = new PromptBuilder();
        if (turns.System is { } system)
            prompt.System(system);
        prompt.Turns(turns, PromptLayout.Fenced);
        return prompt.Build([ZeroShot.Stop], $"zero-shot, {PromptLayout.Fenced}", PromptLayout.Fenced.Closing);
    }
}
