using Microsoft.Extensions.AI;

namespace Urial;

/// <summary>Compares two arms' answers with a chat model, each pair in both orders, by the same rules as <see cref="LlmJudge"/>.</summary>
public sealed class PairwiseJudge : IDisposable
{
    private readonly JudgeCaller _caller;
    private readonly JudgePrompt _prompt =
        JudgePrompt.Load(Repository.Path("data", "just-eval", "judge-pairwise.txt"), "instruction", "first", "second");
    private readonly int _concurrency;

    /// <summary>A judge.</summary>
    /// <param name="client">The chat model; it is disposed with the judge.</param>
    /// <param name="options">How it is asked.</param>
    /// <exception cref="UrialException">An option cannot be used.</exception>
    public PairwiseJudge(IChatClient client, LlmJudgeOptions options) =>
        (_caller, Name, _concurrency) = (new JudgeCaller(client, options), options.Model, options.Concurrency);

    /// <summary>The judge's name.</summary>
    public string Name { get; }

    /// <summary>SHA-256 of the prompt before it is filled.</summary>
    public string PromptSha256 => _prompt.Sha256;

    /// <summary>What was sent so far, retries included.</summary>
    public JudgeUsage Spent => _caller.Spent;

    /// <summary>How many replies came from the cache.</summary>
    public int Replayed => _caller.Replayed;

    /// <summary>Judges pairs, several at once; the results are in the pairs' order.</summary>
    public async Task<IReadOnlyList<PairwiseJudgment>> JudgeAsync(IReadOnlyList<AnswerPair> pairs, CancellationToken cancellation = default)
    {
        var judged = new PairwiseJudgment[pairs.Count];
        await Parallel.ForEachAsync(
            Enumerable.Range(0, pairs.Count),
            new ParallelOptions { MaxDegreeOfParallelism = _concurrency, CancellationToken = cancellation },
            async (i, token) => judged[i] = await JudgeAsync(pairs[i], token).ConfigureAwait(false)).ConfigureAwait(false);
        return judged;
    }

    /// <summary>Judges a pair in both orders.</summary>
    public async Task<PairwiseJudgment> JudgeAsync(AnswerPair pair, CancellationToken cancellation = default)
    {
        var onTop = await AskAsync(_prompt.Fill(pair.Instruction, pair.First, pair.Second), 'A', cancellation).ConfigureAwait(false);
        var below = await AskAsync(_prompt.Fill(pair.Instruction, pair.Second, pair.First), 'B', cancellation).ConfigureAwait(false);
        return new PairwiseJudgment(
            pair.Id, onTop.Outcome, below.Outcome, [onTop.Reason, below.Reason], pair.LengthDifference, Name, onTop.Usage + below.Usage,
            onTop.Error ?? below.Error);
    }

    /// <summary>Disposes of the chat model.</summary>
    public void Dispose() => _caller.Dispose();

    private async Task<(PairwiseOutcome? Outcome, string Reason, JudgeUsage Usage, string? Error)> AskAsync(string prompt, char first,
        CancellationToken cancellation)
    {
        var call = await _caller.AskAsync(prompt, reply => Tuple.Create(JudgeReply.Verdict(reply)), cancellation).ConfigureAwait(false);
        if (call.Verdict is not { Item1: var (better, reason) })
            return (null, "", call.Usage, call.Error);
        return (better is null ? PairwiseOutcome.Tie : better == first ? PairwiseOutcome.Win : PairwiseOutcome.Lose, reason, call.Usage,
            null);
    }
}
