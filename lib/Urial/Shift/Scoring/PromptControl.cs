namespace Urial;

/// <summary>
/// The control that the paper lacks. Base and aligned model read the answer behind different prompts, so that a part of every shift
/// is the prompt's and not the weights'. Here the aligned weights score their own answer under the base model's prompt: what shifts
/// then, no weight has changed.
/// </summary>
public static class PromptControl
{
    /// <summary>
    /// Each answer scored by the aligned weights themselves: their own prompt on the aligned side, the base model's prompt on the base
    /// side.
    /// </summary>
    /// <param name="pair">The pair that gave and scored the answers; only its aligned model is used.</param>
    /// <param name="answers">The answers, with the prompts they were scored under.</param>
    /// <returns>The same answers with the shift that the prompt alone makes; labels, segments, kind and end are kept.</returns>
    /// <exception cref="UrialException">A prompt or answer does not fit the aligned model, or its logits are not finite.</exception>
    public static IReadOnlyList<ShiftedAnswer> Of(ModelPair pair, IReadOnlyList<ShiftedAnswer> answers)
    {
        var top = answers.SelectMany(a => a.Positions).Select(p => p.BaseTop.Count).FirstOrDefault();
        var scored = ShiftAnalysis.Run(
            pair.AlignedTwice(),
            [.. answers.Select(a => ShiftQuery.Again(a))],
            new ShiftOptions { Top = top });
        return [.. answers.Zip(scored, (answer, control) =>
            control with { Labels = answer.Labels, Segments = answer.Segments, Kind = answer.Kind, Ended = answer.Ended })];
    }
}
