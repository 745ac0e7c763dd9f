using Urial.Tests.Shift;

namespace Urial.Tests.Models.Served;

/// <summary>The golden pair in this process, and its queries with their answers, for setting a server beside it.</summary>
internal sealed class ServedPair : IDisposable
{
    public ModelPair Pair { get; } = ModelPair.Load(GoldenPair.Base, GoldenPair.Aligned);

    /// <summary>Prompts and answers as ids.</summary>
    public IReadOnlyList<(int[] Base, int[] Aligned, int[] Answer)> Texts => [.. ShiftQueries.ReadAll(GoldenPair.Queries).Take(4)
        .Select(query => (Pair.Tokenizer.Encode(query.BasePrompt!), Pair.Tokenizer.Encode(query.AlignedPrompt!),
            query.AnswerIds!.Take(16).ToArray()))];

    /// <summary>What both models of this process say.</summary>
    public PositionShift[] InProcess((int[] Base, int[] Aligned, int[] Answer) text, int top = 10) =>
        AnswerScorer.Score(Pair, text.Base, text.Aligned, text.Answer, top);

    /// <summary>A model in this process at each position of an answer.</summary>
    public static ServedSide[] Rows(LanguageModel model, int[] prompt, int[] answer)
    {
        using var reader = new AnswerLogits(model, "test", prompt, answer);
        using var logits = reader.Next(answer.Length);
        return [.. logits.data<float>().ToArray().Chunk(model.Config.VocabularySize).Select(ServedSide.Of)];
    }

    /// <summary>A model behind a server at each position of an answer.</summary>
    public static async Task<ServedSide[]> Rows(ServedModel model, int[] prompt, int[] answer) =>
        [.. (await model.ScoreAsync(prompt, answer)).Select(served => ServedSide.Of(served, model.ToString()))];

    /// <summary>Positions of two sides.</summary>
    public static PositionShift[] Positions(ServedSide[] @base, ServedSide[] aligned, int[] answer, int top = 10) =>
        [.. answer.Select((id, i) => ServedPosition.Of(@base[i], aligned[i], i, id, id == 2, top))];

    public void Dispose() => Pair.Dispose();
}
