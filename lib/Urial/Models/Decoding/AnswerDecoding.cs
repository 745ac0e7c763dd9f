namespace Urial;

/// <summary>Decodes answers by the fastest way that a model has here.</summary>
internal static class AnswerDecoding
{
    /// <summary>Fills in the answers.</summary>
    /// <param name="decoder">The model.</param>
    /// <param name="rows">One answer each, with its prompt.</param>
    /// <param name="options">How to decode.</param>
    /// <param name="prefix">Keys and values of what the prompts begin with, or null.</param>
    /// <param name="ended">Called with every answer that has ended.</param>
    public static void Run(
        Decoder decoder, IReadOnlyList<DecodedAnswer> rows, GenerationOptions options, PrefixCache? prefix,
        Action<DecodedAnswer>? ended = null)
    {
        if (decoder.Packed is { } packed)
            new PackedDecoding(decoder, packed, rows, options, prefix, ended).Run();
        else
            new BatchDecoding(decoder, rows, options, prefix, ended).Run();
    }
}
