using Microsoft.Extensions.AI;

namespace Urial;

/// <summary>
/// Judges with a chat model by the paper's protocol: one call per answer, no reference answer, a reason and a score from 1 to 5 for
/// each aspect as JSON, temperature 0 where the model takes one. Faults are tried again and end in a failed judgment; no score is ever
/// made up.
/// </summary>
public sealed class LlmJudge : IJudge, IDisposable
{
    // Rough but steady: English is about four characters a token, and a reason about sixty tokens.
    private const int CharactersPerToken = 4;
    private const int OutputTokensPerAspect = 60;

    private readonly JudgeCaller _caller;

    /// <summary>A judge.</summary>
    /// <param name="client">The chat model; it is disposed with the judge.</param>
    /// <param name="rubric">What is asked.</param>
    /// <param name="options">How it is asked.</param>
    /// <exception cref="UrialException">An option cannot be used.</exception>
    public LlmJudge(IChatClient client, JudgeRubric rubric, LlmJudgeOptions options) =>
        (_caller, Rubric, Name) = (new JudgeCaller(client, options), rubric, options.Model);

    /// <inheritdoc/>
    public string Name { get; }

    /// <summary>What is asked.</summary>
    public JudgeRubric Rubric { get; }

    /// <summary>What was sent so far, retries included.</summary>
    public JudgeUsage Spent => _caller.Spent;

    /// <summary>Whether the model is asked without a temperature, by the options or because it has been found to refuse one.</summary>
    public bool AtServerTemperature => _caller.AtServerTemperature;

    /// <summary>How many replies came from the cache.</summary>
    public int Replayed => _caller.Replayed;

    /// <summary>About what judging these answers will cost if nothing has to be tried again; stored replies are free.</summary>
    public JudgeUsage Estimate(IEnumerable<AnswerToJudge> answers) => answers.Select(Rubric.Fill).Where(prompt => !_caller.IsStored(prompt))
        .Aggregate(JudgeUsage.None,
            (sum, prompt) => sum + new JudgeUsage(1, prompt.Length / CharactersPerToken, OutputTokensPerAspect * Rubric.Aspects.Count));

    /// <inheritdoc/>
    public string PromptSha256(AnswerToJudge answer) => ContentHash.Of(Rubric.Fill(answer));

    /// <inheritdoc/>
    public async Task<Judgment> JudgeAsync(AnswerToJudge answer, CancellationToken cancellation = default)
    {
        var prompt = Rubric.Fill(answer);
        var hash = ContentHash.Of(prompt);
        var call = await _caller.AskAsync(prompt, reply =>
        {
            var (scores, reasons) = JudgeReply.Scores(reply, Rubric.Aspects);
            return Judgment.Scored(answer.Id, Name, hash, scores, reasons);
        }, cancellation).ConfigureAwait(false);
        var judgment = call.Verdict ?? Judgment.Failed(answer.Id, Name, hash, call.Error!);
        return judgment with { Usage = call.Usage, AtServerTemperature = call.AtServerTemperature };
    }

    /// <summary>Disposes of the chat model.</summary>
    public void Dispose() => _caller.Dispose();
}
