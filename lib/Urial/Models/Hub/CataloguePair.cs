namespace Urial;

/// <summary>A pair of the catalogue: a base model and what was made of it.</summary>
/// <param name="Name">A short name, such as <c>smollm2-135m</c>.</param>
/// <param name="Base">The base model.</param>
/// <param name="Aligned">The aligned model.</param>
/// <param name="Note">What else must be known; null where nothing.</param>
public sealed record CataloguePair(string Name, CatalogueModel Base, CatalogueModel Aligned, string? Note)
{
    private const long CpuMemory = 16_000_000_000; // what a well-equipped laptop has: beyond it, a pair is for a GPU

    /// <summary>Bytes that both models' files take, about.</summary>
    public long DownloadBytes => Base.DownloadBytes + Aligned.DownloadBytes;

    /// <summary>Bytes of memory that both models' weights take in f32, about; caches and activations come on top.</summary>
    public long MemoryBytes => sizeof(float) * (Base.Parameters + Aligned.Parameters);

    /// <summary><c>cpu</c> where a laptop does; <c>gpu</c> where it would be too small or too slow.</summary>
    public string Device => MemoryBytes <= CpuMemory ? "cpu" : "gpu";

    /// <summary>The licences of both.</summary>
    public string Licence => string.Join(", ", new[] { Base.Licence, Aligned.Licence }.Distinct());

    /// <summary>Whether one of them is gated.</summary>
    public bool IsGated => Base.IsGated || Aligned.IsGated;

    /// <summary>What must be known of the pair and of each model.</summary>
    public IReadOnlyList<string> Notes => [.. new[] { Note, Base.Note, Aligned.Note }.OfType<string>()];

    /// <summary>Loads the pair, downloading what is not in the cache.</summary>
    /// <param name="precision">The format to compute in.</param>
    /// <param name="progress">Told how far a download has come.</param>
    /// <exception cref="UrialException">A model cannot be fetched or loaded.</exception>
    public ModelPair Load(Precision precision = Precision.F32, Action<HubProgress>? progress = null) =>
        ModelPair.FromHub(Base.ToString(), Aligned.ToString(), precision, progress);
}
