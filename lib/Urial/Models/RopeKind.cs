namespace Urial;

/// <summary>How rotary frequencies are stretched for texts longer than those a model was first trained on.</summary>
public enum RopeKind
{
    /// <summary>Not at all.</summary>
    Default,

    /// <summary>All of them, by one factor.</summary>
    Linear,

    /// <summary>By a larger base, the larger the longer the text (dynamic NTK).</summary>
    Dynamic,

    /// <summary>The slow ones by a factor, the fast ones not at all, with a transition between (Llama 3.1).</summary>
    Llama3,

    /// <summary>As with Llama 3, by dimension, and attention a little sharper (arXiv 2309.00071).</summary>
    Yarn,

    /// <summary>Each by a factor of its own, with one list of factors for short texts and one for long ones (arXiv 2402.13753).</summary>
    LongRope,
}
