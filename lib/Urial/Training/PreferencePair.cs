namespace Urial;

/// <summary>A preferred and a rejected answer to one prompt.</summary>
/// <param name="PromptIds">The prompt.</param>
/// <param name="ChosenIds">The preferred answer with the token that ends it.</param>
/// <param name="RejectedIds">The other answer; without an end where it did not end.</param>
public sealed record PreferencePair(int[] PromptIds, int[] ChosenIds, int[] RejectedIds)
{
    /// <summary>The preferred answer behind the prompt.</summary>
    internal TokenPair Chosen => new(PromptIds, ChosenIds);

    /// <summary>The other answer behind the prompt.</summary>
    internal TokenPair Rejected => new(PromptIds, RejectedIds);
}
