using System.Numerics.Tensors;

namespace Urial;

/// <summary>
/// Likeness by a model's own reading: the cosine between mean hidden states (<see cref="LanguageModel.Embed"/>), from which
/// the pool's mean is taken off, since all texts of a model share a large common direction.
/// </summary>
public sealed class EmbeddingIndex : IExampleIndex
{
    private readonly LanguageModel _model;
    private readonly Lazy<(float[] Mean, float[][] Rows)> _vectors;

    /// <summary>An index over a pool; the model reads it when the first query comes.</summary>
    /// <param name="model">The model that embeds; it must outlive the index.</param>
    /// <param name="pool">The examples.</param>
    /// <exception cref="UrialException">The pool is empty.</exception>
    public EmbeddingIndex(LanguageModel model, IReadOnlyList<PromptExample> pool)
    {
        if (pool.Count == 0)
            throw new UrialException("An index over no examples finds none: give it a pool.");
        (_model, Pool) = (model, pool);
        _vectors = new Lazy<(float[], float[][])>(Read);
    }

    /// <inheritdoc/>
    public string Name => $"mean hidden states of {_model.Name}";

    /// <inheritdoc/>
    public IReadOnlyList<PromptExample> Pool { get; }

    /// <inheritdoc/>
    public IReadOnlyList<int> Nearest(string query, int count)
    {
        var likeness = Likeness(query);
        return [.. Enumerable.Range(0, Pool.Count).OrderByDescending(place => likeness[place]).Take(count)];
    }

    /// <summary>The cosine between a query and each of the pool's, -1 to 1.</summary>
    public float[] Likeness(string query)
    {
        var (mean, rows) = _vectors.Value;
        var own = Centre(_model.Embed(query), mean);
        return [.. rows.Select(row => Cosine(row, own))];
    }

    private (float[] Mean, float[][] Rows) Read()
    {
        float[][] rows = [.. Pool.Select(example => _model.Embed(example.Query))]; // [pool, hidden]
        var mean = new float[rows[0].Length];
        // A single example has nothing to be told apart from: it stays as it is.
        if (rows.Length > 1)
            foreach (var row in rows)
                TensorPrimitives.MultiplyAdd(row, 1f / rows.Length, mean, mean);
        return (mean, [.. rows.Select(row => Centre(row, mean))]);
    }

    private static float[] Centre(float[] row, float[] mean)
    {
        var centred = new float[row.Length];
        TensorPrimitives.Subtract(row, mean, centred);
        return centred;
    }

    private static float Cosine(float[] one, float[] other) =>
        TensorPrimitives.CosineSimilarity(one, other) is var cosine && float.IsNaN(cosine) ? 0 : cosine;
}
