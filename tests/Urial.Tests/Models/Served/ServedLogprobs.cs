namespace Urial.Tests.Models.Served;

/// <summary>The log-probabilities of a text by a decoder of ours, in single precision as vLLM's are.</summary>
internal sealed class ServedLogprobs
{
    private readonly float[][] _rows; // [places − 1][vocabulary]: what predicts place i + 1

    public ServedLogprobs(LanguageModel model, int[] ids)
    {
        using var logits = new AnswerLogits(model, "served", ids[..1], ids[1..]);
        using var all = logits.Next(ids.Length - 1);
        var flat = all.data<float>().ToArray();
        var width = flat.Length / (ids.Length - 1);
        _rows = [.. flat.Chunk(width).Select(row => Divergence.LogSoftmax(row).Select(log => (float)log).ToArray())];
    }

    public float At(int place, int id) => _rows[place - 1][id];

    /// <summary>As vLLM counts: the tokens that are at least as probable.</summary>
    public int Rank(int place, int id) => _rows[place - 1].Count(log => log >= _rows[place - 1][id]);

    public IEnumerable<int> Top(int place, int count)
    {
        var row = _rows[place - 1];
        return Enumerable.Range(0, row.Length).OrderByDescending(id => row[id]).ThenBy(id => id).Take(count < 0 ? row.Length : count);
    }
}
