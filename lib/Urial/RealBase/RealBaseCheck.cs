namespace Urial;

/// <summary>Whether the stored runs come out again where the reader has the base model's weights.</summary>
/// <param name="Source">What a chapter shows, in words: the stored runs, and what was made anew.</param>
/// <param name="Same">How many answers came out again, token for token.</param>
/// <param name="Made">How many were made anew; 0 where the weights are not there.</param>
/// <param name="LargestDifference">Over the same answers, the largest difference of KL(aligned‖base) at a position, nats.</param>
public sealed record RealBaseCheck(string Source, int Same, int Made, double LargestDifference)
{
    private const string Stored = "The stored runs, data/runs/gemma-3-270m";

    /// <summary>
    /// Makes some stored answers anew with the base that <see cref="RealBase.Variable"/> names and the committed adapter. The weights of
    /// the hub have 16 bits, those of the stored runs had 4: with them answers may differ, and nothing is wrong.
    /// </summary>
    /// <param name="questions">How many questions to ask again.</param>
    /// <param name="named">What the variable holds; null: read it.</param>
    /// <exception cref="UrialException">The stored run is missing or damaged, or the model cannot answer.</exception>
    public static RealBaseCheck Run(int questions = 5, string? named = null)
    {
        named ??= Environment.GetEnvironmentVariable(RealBase.Variable);
        if (string.IsNullOrWhiteSpace(named))
            return new RealBaseCheck($"{Stored}; {RealBase.Variable} names no model to make some of them anew", 0, 0, 0);
        ModelPair pair;
        try
        {
            pair = ModelPair.Load(ModelFolder.Resolve(named), RealBase.Adapter("sft-900"));
        }
        catch (UrialException e)
        {
            return new RealBaseCheck($"{Stored}, since the model that {RealBase.Variable} names cannot be had: {e.Message}", 0, 0, 0);
        }
        using (pair)
        {
            var before = RealBase.Shift("zero-shot").Take(questions).ToList();
            var now = ShiftAnalysis.Run(pair, [.. RealBase.Questions().Take(questions)]);
            var same = before.Zip(now).Where(both => both.First.AnswerIds.AsSpan().SequenceEqual(both.Second.AnswerIds)).ToList();
            var source = $"{Stored}; {now.Count} answers made anew with {named}";
            return new RealBaseCheck(source, same.Count, now.Count, same.SelectMany(both => both.First.Positions.Zip(both.Second.Positions))
                .Select(both => Math.Abs(both.First.KlAlignedBase - both.Second.KlAlignedBase)).DefaultIfEmpty().Max());
        }
    }
}
