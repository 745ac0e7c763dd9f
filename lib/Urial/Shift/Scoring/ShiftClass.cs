namespace Urial;

/// <summary>How far the base model was from choosing the aligned model's token itself (paper, section 2.2).</summary>
public enum ShiftClass
{
    /// <summary>Base rank 1: the base model, decoding greedily, would have chosen the same token.</summary>
    Unshifted,

    /// <summary>Base rank 2 or 3: the token was among the base model's first three.</summary>
    Marginal,

    /// <summary>Base rank above 3.</summary>
    Shifted,
}
