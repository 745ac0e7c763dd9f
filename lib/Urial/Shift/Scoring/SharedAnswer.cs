namespace Urial;

/// <summary>
/// An answer's ids as far as both models of a pair share them. The base model cannot read a token that it does not know, so such a token
/// may only end an answer: an end of turn that alignment added, say. It is then no position, since the base has no rank for it, and is
/// counted apart.
/// </summary>
/// <param name="Ids">The ids that are scored.</param>
/// <param name="UnsharedEnd">The token behind them that is not shared; null where there is none.</param>
internal sealed record SharedAnswer(int[] Ids, int? UnsharedEnd)
{
    /// <summary>Splits an answer.</summary>
    /// <exception cref="UrialException">A token that is not shared stands before the end, or alone.</exception>
    public static SharedAnswer Of(PromptedPair pair, int[] ids)
    {
        if (pair.Vocabulary.IsWhole)
            return new SharedAnswer(ids, null);
        var place = Array.FindIndex(ids, id => !pair.Vocabulary.Contains(id));
        if (place < 0)
            return new SharedAnswer(ids, null);
        var token = pair.Tokenizer.Contains(ids[place]) ? $" ({pair.Tokenizer.Token(ids[place]).Shown})" : "";
        if (place < ids.Length - 1)
            throw new UrialException(FormattableString.Invariant($"Answer id {ids[place]}{token} at position {place} is not shared by ")
                + $"both models: the base model {pair.Base.Name} cannot read on behind it. Only an answer's last token may be such a one.");
        return place > 0 ? new SharedAnswer(ids[..place], ids[place])
            : throw new UrialException(FormattableString.Invariant($"The answer is nothing but id {ids[0]}{token}, which the base model ")
                + $"{pair.Base.Name} does not know: there is nothing to score.");
    }
}
