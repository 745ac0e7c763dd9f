namespace Urial.MicroWorld;

/// <summary>Where a <see cref="TokenStream"/> stands: enough to go on from there.</summary>
/// <param name="NextDocument">Index of the next document to be written.</param>
/// <param name="Left">Token ids written but not handed out yet.</param>
public sealed record StreamState(long NextDocument, long[] Left)
{
    /// <summary>The beginning.</summary>
    public static StreamState Start { get; } = new(0, []);
}

/// <summary>An endless row of documents, each followed by an end-of-sequence token, cut into training batches.</summary>
/// <remarks>A batch depends only on the state before it: a resumed run sees the same tokens as an unbroken one.</remarks>
public sealed class TokenStream
{
    private readonly Func<long, double, string> _document;
    private readonly HfTokenizer _tokenizer;
    private readonly int _end;

    /// <summary>A stream over a corpus.</summary>
    /// <param name="document">The document of an index, at a progress between 0 and 1 of the training run.</param>
    /// <param name="tokenizer">The tokenizer, whose end-of-sequence token parts the documents.</param>
    public TokenStream(Func<long, double, string> document, HfTokenizer tokenizer)
    {
        (_document, _tokenizer) = (document, tokenizer);
        _end = tokenizer.EosId ?? throw new ArgumentException("The tokenizer names no end-of-sequence token.", nameof(tokenizer));
    }

    /// <summary>The next batch.</summary>
    /// <param name="state">Where to go on from.</param>
    /// <param name="rows">Rows in the batch.</param>
    /// <param name="length">Tokens in a row.</param>
    /// <param name="progress">Share of the training run that is done.</param>
    /// <returns>The ids, row after row, and the state behind them.</returns>
    public (long[] Ids, StreamState After) Next(StreamState state, int rows, int length, double progress)
    {
        var (next, ids) = (state.NextDocument, new List<long>(state.Left));
        while (ids.Count < rows * length)
        {
            foreach (var id in _tokenizer.Encode(_document(next++, progress)))
                ids.Add(id);
            ids.Add(_end);
        }
        var batch = ids.GetRange(0, rows * length).ToArray();
        return (batch, new StreamState(next, [.. ids.Skip(rows * length)]));
    }
}
