namespace Urial.MicroWorld;

/// <summary>Prompts of one kind and what is counted in their continuations.</summary>
/// <param name="Form">How the prompts are set and where a continuation is cut.</param>
/// <param name="MaxNewTokens">The longest continuation.</param>
/// <param name="Trials">The prompts.</param>
/// <param name="Checks">What is counted.</param>
/// <param name="LengthName">The name under which the continuations' lengths are reported; null for not at all.</param>
internal sealed record QualityExperiment(
    PromptForm Form, int MaxNewTokens, IReadOnlyList<QualityTrial> Trials, IReadOnlyList<QualityCheck> Checks, string? LengthName = null)
{
    private const int ShownFailures = 5, TailLength = 200, OutputLength = 400;

    /// <summary>Runs the prompts and counts.</summary>
    /// <param name="generator">What is measured.</param>
    public (IReadOnlyList<QualityCell> Cells, QualityLength? Length) Run(TextGenerator generator)
    {
        var continuations = generator([.. Trials.Select(t => t.Prompt)], MaxNewTokens, Form.Stops);
        if (continuations.Count != Trials.Count)
            throw new ArgumentException($"The generator gave {continuations.Count} continuations for {Trials.Count} prompts.",
                nameof(generator));
        QualityAnswer[] answers = [.. Trials.Zip(continuations, (trial, text) => new QualityAnswer(trial, Form.Cut(text)))];
        return ([.. Checks.Select(check => Count(check, answers))],
            LengthName is null ? null : QualityLength.Of(LengthName, [.. answers.Select(answer => answer.Text)]));
    }

    private QualityCell Count(QualityCheck check, QualityAnswer[] answers)
    {
        bool[] hits = [.. answers.Select(check.Hit)];
        var against = check.Target?.AtMost == true;
        var failures = Enumerable.Range(0, hits.Length).Where(i => hits[i] == against).Take(ShownFailures)
            .Select(i => new QualityFailure(Tail(Trials[i].Prompt), Head(answers[i].Text), Head(Trials[i].Ideal)));
        return new QualityCell(check.Group, check.Name, hits.Length, hits.Count(h => h), check.Target, [.. failures]);
    }

    private static string Tail(string text) => text.Length <= TailLength ? text : "…" + text[^TailLength..];

    private static string Head(string text) => text.Length <= OutputLength ? text : text[..OutputLength] + "…";
}
