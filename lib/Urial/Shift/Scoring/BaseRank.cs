namespace Urial;

/// <summary>
/// The base rank η of a token: 1 + how many tokens the base model ranks above it, by id over the whole vocabulary.
/// </summary>
/// <remarks>
/// The reference code looks a decoded string up in the base model's first 30: ambiguous where two ids share a
/// string, and censored beyond the list. Equal logits are ranked by id, the smaller first, so that every
/// token has one rank and no two tokens share one.
/// </remarks>
public static class BaseRank
{
    /// <summary>The rank of <paramref name="tokenId"/> among <paramref name="logits"/>.</summary>
    /// <param name="logits">The base model's scores of the next token. // [vocabulary]</param>
    /// <param name="tokenId">The token to rank.</param>
    /// <returns>1 for the base model's own choice, the vocabulary's size for its last.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The id is outside the vocabulary.</exception>
    /// <exception cref="ArgumentException">A logit is NaN, and nothing can be ranked.</exception>
    public static int Of(ReadOnlySpan<float> logits, int tokenId)
    {
        if (tokenId < 0 || tokenId >= logits.Length)
            throw new ArgumentOutOfRangeException(nameof(tokenId), tokenId, $"The vocabulary has ids 0 to {logits.Length - 1}.");
        var own = logits[tokenId];
        var rank = 1;
        for (var id = 0; id < logits.Length; id++)
        {
            if (float.IsNaN(logits[id]))
                throw new ArgumentException($"The logit of token {id} is NaN.", nameof(logits));
            if (logits[id] > own || (logits[id] == own && id < tokenId))
                rank++;
        }
        return rank;
    }
}
