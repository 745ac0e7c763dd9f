using TorchSharp;
using static TorchSharp.torch;

namespace Urial;

/// <summary>
/// An answer of two models that read it together, token by token: who chooses is <see cref="LiveQuestion.Blend"/>, and at each token both
/// models' numbers are told. They are those of <see cref="AnswerScorer"/>, which reads the whole answer in one pass.
/// </summary>
/// <param name="pair">The models.</param>
/// <param name="prompts">What each reads before the answer.</param>
/// <param name="question">Who answers, and what the answer begins with.</param>
/// <param name="prefix">What the prompts begin with.</param>
/// <param name="cancellation">Ends it at the next token.</param>
internal sealed class LiveDecoding(
    ModelPair pair, PreparedQuery prompts, LiveQuestion question, PairPrefix prefix, CancellationToken cancellation)
{
    private readonly IReadOnlySet<int> _ends = AnswerScorer.EosIds(pair.Aligned, prompts.EndId);
    private readonly GenerationOptions _options = new() { MaxNewTokens = Math.Min(question.MaxNewTokens, prompts.Room) };
    private readonly PromptTokens _base = question.BaseTokens(prompts.Base);
    private bool _endedByBase;

    /// <summary>Answers.</summary>
    /// <param name="told">Called with each position as soon as its token is chosen, from the last token that was given on.</param>
    /// <exception cref="UrialException">There is no room for a token, or a model's logits are not finite.</exception>
    public Generation Run(Action<PositionShift>? told)
    {
        int[] begun = [.. question.AnswerIds];
        if (begun.Length >= _options.MaxNewTokens)
            throw new UrialException($"The answer has {begun.Length} tokens already, and {_options.MaxNewTokens} are the most here: cut it "
                + "earlier, or allow more.");
        var answer = new DecodedAnswer(Speaker(prompts).Ids, 0, PenaltyScope.PromptAndAnswer, End());
        using var @base = new LiveReader(pair.Base, "base", prefix.Base);
        using var aligned = new LiveReader(pair.Aligned, "aligned", prefix.Aligned);
        ReadOnlyMemory<int> before = begun.AsMemory(0, Math.Max(0, begun.Length - 1));
        var (b, a) = (@base.Next(Behind(prompts.Base, before), cancellation), aligned.Next(Behind(prompts.Aligned, before), cancellation));
        if (begun.Length > 0)
            answer.Begin(begun, _options.MaxNewTokens);
        else
            Extend(answer, b, a);
        while (true)
        {
            var last = answer.Answer[^1];
            if (!pair.Vocabulary.Contains(last))
                break; // no position, and the base could not read on: whoever scores the answer says so
            told?.Invoke(Position(b, a, last, answer.Answer.Count - 1));
            if (answer.StopReason is not null)
                break;
            cancellation.ThrowIfCancellationRequested();
            (b, a) = (@base.Next(new[] { last }, cancellation), aligned.Next(new[] { last }, cancellation));
            Extend(answer, b, a);
        }
        var speaker = _endedByBase || question.Blend < 0.5 ? pair.Base : pair.Aligned;
        return EndOfAnswer.Finish(speaker, ReferenceEquals(speaker, pair.Base) && question.Blend < 1 ? _base
            : prompts.Aligned.Tokens, [.. answer.Answer], answer.StopReason ?? StopReason.EndOfSequence, _options);
    }

    // Both are greedy: only the difference between tokens counts, so that the sums of exponentials fall out.
    private void Extend(DecodedAnswer answer, float[] b, float[] a)
    {
        switch (question.Blend)
        {
            case 1:
                answer.Extend(a.ToArray(), _options, Alone(pair.Aligned));
                return;
            case 0:
                answer.Extend(b.ToArray(), _options, Alone(pair.Base));
                return;
        }
        var blended = new float[Math.Max(a.Length, b.Length)];
        Array.Fill(blended, float.NegativeInfinity);
        for (var place = 0; place < pair.Vocabulary.Count; place++)
        {
            var id = pair.Vocabulary.IdAt(place);
            blended[id] = (float)((1 - question.Blend) * b[id] + question.Blend * a[id]);
        }
        answer.Extend(blended, _options);
    }

    private Func<DecodedAnswer, float[]>? Alone(LanguageModel model) =>
        BatchDecoding.IsExact(model.Decoder, _options) ? row => BatchDecoding.Alone(model.Decoder, row) : null;

    private PromptTokens Speaker(PreparedQuery query) => question.Blend == 0 ? _base : query.Aligned.Tokens;

    private Func<IReadOnlyList<int>, StopReason?> End()
    {
        var aligned = question.Blend == 0 ? null : EndOfAnswer.Of(pair.Aligned, prompts.Aligned.Tokens, _options, null);
        var own = question.Blend == 1 ? null : EndOfAnswer.Of(pair.Base, _base, _options, null);
        return ids =>
        {
            if (aligned?.Invoke(ids) is { } stopped)
                return stopped;
            var ended = own?.Invoke(ids);
            _endedByBase = ended is not null;
            return ended;
        };
    }

    private PositionShift Position(float[] b, float[] a, int id, int position)
    {
        using var scope = NewDisposeScope();
        return SharedLogits.Compare(pair.Vocabulary, tensor(b).unsqueeze(0), tensor(a).unsqueeze(0), [id], position, _ends,
            question.Top)[0];
    }

    private static ReadOnlyMemory<int> Behind(SidePrompt prompt, ReadOnlyMemory<int> begun) =>
        begun.Length == 0 ? prompt.Tokens.Ids : (int[])[.. prompt.Tokens.Ids, .. begun.Span];
}
