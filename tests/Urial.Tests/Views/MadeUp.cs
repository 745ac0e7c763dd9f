namespace Urial.Tests;

/// <summary>Made-up answers with every case a view has to show; the numbers are invented, but consistent.</summary>
internal static class MadeUp
{
    private const string Opening = "Great| question|!| I|'d| be| happy| to| help| you| with| that|.|\n\n";

    private const string Body = "France| is| a| country| in| Western| Europe|.| Its| capital| is| Paris|,| and| about| 68| million| people|"
        + " live| there|.|\n|1|.| The| official| language| is| French|.|\n|2|.| The| currency| is| the| euro|.|\n|3|.| The| highest| "
        + "mountain|"
        + " is| Mont| Blanc|,| which| rises| to| 4|,|806| metres|.|\n\n";

    private const string Closing = "I| hope| this| helps|!| Let| me| know| if| you| would| like| to| hear| more|.";

    /// <summary>An answer about France: opener, facts as a list, closer, end of sequence.</summary>
    public static ShiftedAnswer France { get; } = Of("q1", "Tell me about France.", $"{Opening}|{Body}|{Closing}|<eos>".Split('|'));

    /// <summary>An answer of 150 tokens, with hostile and odd ones among them.</summary>
    public static ShiftedAnswer Long { get; } = Of("q2", "Tell me about France & <b>Spain</b>, \"please\".",
        [.. $"{Opening}|{Body}|<script>|\"'&|\t|    |⟨E2⟩|naïve|日本|{Body}|{Closing}|<eos>".Split('|').Take(149), "<eos>"]);

    /// <summary>An answer of these tokens; position, class and numbers follow from index and text alone.</summary>
    public static ShiftedAnswer Of(string id, string query, params string[] tokens)
    {
        var texts = tokens.Select((token, i) => Token(i, token)).ToArray();
        return new ShiftedAnswer
        {
            Id = id,
            Query = query,
            BasePrompt = "base",
            AlignedPrompt = "aligned",
            AnswerIds = [.. texts.Select(text => text.Id)],
            Tokens = texts,
            Positions = [.. texts.Select(Position)],
            Text = string.Concat(texts.Where(text => !text.IsSpecial).Select(text => text.Text)),
            Labels = [.. tokens.Select(Label)],
        };
    }

    /// <summary>
    /// A token as the tokenizer would describe it; ids are those of its first character and length, so that equal texts share one.
    /// </summary>
    public static TokenText Token(int index, string text) => text switch
    {
        "<eos>" => new TokenText(2, "<|end|>", "<|end|>", "<|end|>", IsSpecial: true, IsByteFragment: false),
        "⟨E2⟩" => new TokenText(7, "â", "\ufffd", "⟨E2⟩", IsSpecial: false, IsByteFragment: true),
        _ => new TokenText(10 + text.Sum(c => c * 31 % 1009), text, text, TokenText.Show(text), IsSpecial: false, IsByteFragment: false),
    };

    private static PositionShift Position(TokenText token, int index)
    {
        var rank = Label(token.IsSpecial ? "<eos>" : token.Text) switch
        {
            "style" => (index % 4) switch { 0 => 37, 1 => 1, 2 => 5, _ => 2 },
            _ => index % 11 == 0 ? 2 : 1,
        };
        var (pBase, pAligned) = (rank == 1 ? 0.71 : 0.3 / rank, 0.93 - index % 7 * 0.03);
        var others = new[] { "The", " It", " a", "\n", " <b>" };
        return new PositionShift
        {
            Position = index,
            TokenId = token.Id,
            BaseRank = rank,
            BaseProbability = pBase,
            AlignedProbability = pAligned,
            KlAlignedBase = pAligned * Math.Log(pAligned / pBase) + (1 - pAligned) * Math.Log((1 - pAligned) / (1 - pBase)),
            KlBaseAligned = 0.1 + 0.05 * rank,
            Js = 0.05,
            BaseEntropy = 2.31,
            AlignedEntropy = 0.42,
            AlignedArgmaxId = token.Id,
            IsEos = token.IsSpecial,
            BaseTop = [.. Top(token, rank == 1 ? pBase : null, others, (1 - pBase) / 3)],
            AlignedTop = [.. Top(token, pAligned, others, (1 - pAligned) / 3)],
        };
    }

    private static IEnumerable<TopToken> Top(TokenText token, double? p, string[] others, double share)
    {
        if (p is { } own)
            yield return new TopToken(token.Id, own) { Shown = token.Shown };
        for (var i = 0; i < others.Length; i++)
            yield return new TopToken(100_000 + i, share / (i + 1)) { Shown = TokenText.Show(others[i]) };
    }

    private static string Label(string token) => token.Trim() switch
    {
        "France" or "Mont" or "Blanc" => "name",
        "Paris" or "French" or "euro" or "68" or "million" or "4" or "806" or "Western" or "Europe" => "fact",
        "Great" or "question" or "!" or "I" or "'d" or "happy" or "help" or "hope" or "helps" or "Let" or "know" or "<eos>" or "1" or "2"
            or "3" or "" => "style",
        _ => "glue",
    };
}
