namespace Urial.MicroWorld;

/// <summary>
/// A continuation of a trial's prompt, already cut, as an experiment's checks see it: read once, when the first of them asks.
/// </summary>
/// <param name="trial">The trial.</param>
/// <param name="text">The continuation.</param>
internal sealed class QualityAnswer(QualityTrial trial, string text)
{
    private readonly Lazy<AnswerFindings> _findings = new(() => AnswerReader.Read(trial.Query, text));

    /// <summary>The trial.</summary>
    public QualityTrial Trial => trial;

    /// <summary>The continuation.</summary>
    public string Text => text;

    /// <summary>What it says and how.</summary>
    public AnswerFindings Findings => _findings.Value;
}
