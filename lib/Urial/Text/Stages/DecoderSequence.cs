namespace Urial;

/// <summary>Decoders one after the other.</summary>
internal sealed class DecoderSequence(IReadOnlyList<IDecoder> steps) : IDecoder
{
    /// <inheritdoc/>
    public List<string> Decode(List<string> tokens) => steps.Aggregate(tokens, (texts, step) => step.Decode(texts));

    /// <inheritdoc/>
    public Spelling Alone(Spelling token) => steps.Aggregate(token, (spelling, step) => step.Alone(spelling));
}
