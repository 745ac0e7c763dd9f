namespace Urial.MicroWorld;

/// <summary>An answer judged twice: by a language model, and by the world's rules.</summary>
/// <param name="Answer">The answer.</param>
/// <param name="ByModel">What the language model says.</param>
/// <param name="ByRules">What the rules say.</param>
public sealed record JudgedAnswer(MicroAnswer Answer, Judgment ByModel, Judgment ByRules)
{
    /// <summary>Whether both gave the aspect a score.</summary>
    public bool Scored(Aspect aspect) =>
        ByModel.Scores.GetValueOrDefault(aspect) is not null && ByRules.Scores.GetValueOrDefault(aspect) is not null;

    /// <summary>How far apart the two scores of an aspect are, in points.</summary>
    /// <exception cref="InvalidOperationException">One of the two gave none.</exception>
    public int Distance(Aspect aspect) => Math.Abs(ByModel.Scores[aspect]!.Value - ByRules.Scores[aspect]!.Value);

    /// <summary>The answer with both scores of an aspect and their reasons.</summary>
    /// <exception cref="InvalidOperationException">One of the two gave none.</exception>
    public string Show(Aspect aspect) =>
        $"{Answer}\n  by rules {ByRules.Scores[aspect]!.Value}: {ByRules.Reasons[aspect]}\n"
        + $"  by model {ByModel.Scores[aspect]!.Value}: {ByModel.Reasons[aspect]}\n";
}
