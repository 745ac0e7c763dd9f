namespace Urial;

/// <summary>Which tokens the repetition penalty counts as seen.</summary>
public enum PenaltyScope
{
    /// <summary>
    /// Those of the prompt and of the answer so far: the definition of arXiv 1909.05858 as transformers computes it. Padding is not
    /// counted.
    /// </summary>
    PromptAndAnswer,

    /// <summary>Those of the answer so far only: a long prompt with examples does not make its own words less likely.</summary>
    Answer,
}
