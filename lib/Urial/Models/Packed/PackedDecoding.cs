namespace Urial;

/// <summary>
/// Decodes answers with the packed decoder: a place for each of a batch; the next prompt is read in the pass in which the others get
/// their next token.
/// </summary>
/// <param name="decoder">The model, which decides near-ties by a pass over the row alone.</param>
/// <param name="packed">The same, packed.</param>
/// <param name="rows">One answer each, with its prompt.</param>
/// <param name="options">How to decode.</param>
/// <param name="prefix">Keys and values of what the prompts begin with, or null.</param>
/// <param name="ended">Called with every answer that has ended.</param>
internal sealed unsafe class PackedDecoding(
    Decoder decoder, PackedDecoder packed, IReadOnlyList<DecodedAnswer> rows, GenerationOptions options, PrefixCache? prefix,
    Action<DecodedAnswer>? ended = null)
{
    // Tokens of prompts that are read in one pass, so that the others' next token does not wait for long.
    private const int MostRead = 512;

    private readonly Queue<DecodedAnswer> _waiting = new(rows);
    private readonly List<(DecodedAnswer Answer, PackedSequence Text)> _active = [];
    private readonly Func<DecodedAnswer, float[]>? _alone =
        BatchDecoding.IsExact(decoder, options) ? row => BatchDecoding.Alone(decoder, row) : null;

    /// <summary>Fills in the answers.</summary>
    public void Run()
    {
        var vocabulary = decoder.Config.VocabularySize;
        using var logits = new NativeFloats((long)Math.Min(options.BatchSize, rows.Count) * vocabulary, clear: false);
        while (_active.Count > 0 || _waiting.Count > 0)
        {
            List<(PackedSequence Text, ReadOnlyMemory<int> Ids)> texts =
                [.. _active.Select(row => (row.Text, (ReadOnlyMemory<int>)new[] { row.Answer.Answer[^1] })), .. Begin()];
            using (var hidden = packed.Read(texts, text => texts[text].Ids.Length - 1)) // [texts, hidden]
                packed.Head(hidden.Start, texts.Count, logits.Start);
            for (var row = 0; row < _active.Count; row++)
            {
                var answer = _active[row].Answer;
                answer.Extend(new Span<float>(logits.Start + (long)row * vocabulary, vocabulary), options, _alone);
                if (answer.StopReason is null)
                    continue;
                _active[row].Text.Dispose();
                ended?.Invoke(answer);
            }
            _active.RemoveAll(row => row.Answer.StopReason is not null);
        }
    }

    /// <summary>Gives free places to prompts that wait.</summary>
    /// <returns>What is still to be read of each.</returns>
    private List<(PackedSequence Text, ReadOnlyMemory<int> Ids)> Begin()
    {
        var begun = new List<(PackedSequence, ReadOnlyMemory<int>)>();
        for (var read = 0; read < MostRead && _active.Count < options.BatchSize && _waiting.TryDequeue(out var next);)
        {
            var shared = prefix?.Text is null ? 0 : prefix.SharedBy([next.Prompt]);
            var text = shared > 0 ? PackedSequence.Begin(prefix!.Text!, shared) : packed.NewSequence();
            _active.Add((next, text));
            begun.Add((text, next.Prompt.AsMemory(shared)));
            read += next.Prompt.Length - shared;
        }
        return begun;
    }
}
