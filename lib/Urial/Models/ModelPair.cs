namespace Urial;

/// <summary>A base model and its aligned counterpart over one tokenizer.</summary>
public sealed class ModelPair : IDisposable
{
    private ModelPair(LanguageModel @base, LanguageModel aligned, SharedVocabulary vocabulary) =>
        (Base, Aligned, Vocabulary) = (@base, aligned, vocabulary);

    /// <summary>The base model.</summary>
    public LanguageModel Base { get; }

    /// <summary>The aligned model; the same object as <see cref="Base"/> where one folder was given twice.</summary>
    public LanguageModel Aligned { get; }

    /// <summary>The ids that both share; all, unless one vocabulary is padded or extended.</summary>
    public SharedVocabulary Vocabulary { get; }

    /// <summary>The tokenizer that both share; the aligned model's, which may have tokens of its own beside them.</summary>
    public HfTokenizer Tokenizer => Aligned.Tokenizer;

    /// <summary>
    /// Loads two models and checks that no token id means something else in each. Run again, it reads no folder a second time
    /// (<see cref="LanguageModel.Load(string, Precision)"/>).
    /// </summary>
    /// <param name="baseDirectory">The base model's folder.</param>
    /// <param name="alignedDirectory">
    /// The aligned model's folder; it may be the same (one model under two prompts), which is loaded once.
    /// </param>
    /// <param name="precision">The format to compute in.</param>
    /// <param name="adapterBase">
    /// The base of either folder that is an adapter's. Null: for the aligned one <paramref name="baseDirectory"/>, unless that is an
    /// adapter's too; else the base that the adapter names (<see cref="LanguageModel.Load(string, Precision)"/>).
    /// </param>
    /// <exception cref="UrialException">A model cannot be loaded, or an id is another token in each.</exception>
    public static ModelPair Load(
        string baseDirectory, string alignedDirectory, Precision precision = Precision.F32, string? adapterBase = null)
    {
        var first = Open(baseDirectory, adapterBase, precision);
        LanguageModel? second = null;
        try
        {
            second = SameFolder(baseDirectory, alignedDirectory) ? first : Open(alignedDirectory,
                adapterBase ?? (first.HasAdapter ? null : baseDirectory), precision);
            var vocabulary = first == second ? SharedVocabulary.Whole(first.Config.VocabularySize) : SharedVocabulary.Of(first, second);
            return new ModelPair(first, second, vocabulary);
        }
        catch
        {
            first.Dispose();
            second?.Dispose();
            throw;
        }
    }

    /// <summary>Loads two models from the hub, or from the cache where they are there already.</summary>
    /// <param name="base">The base model: <c>org/name</c> or <c>org/name@revision</c>; a folder of that name wins.</param>
    /// <param name="aligned">The aligned model; it may be the same.</param>
    /// <param name="precision">The format to compute in.</param>
    /// <param name="progress">Told how far a download has come.</param>
    /// <exception cref="UrialException">
    /// A model cannot be fetched or loaded, or the two do not share a vocabulary.
    /// </exception>
    public static ModelPair FromHub(
        string @base, string aligned, Precision precision = Precision.F32, Action<HubProgress>? progress = null)
    {
        var first = ModelFolder.Resolve(@base, progress);
        var second = aligned == @base ? first : ModelFolder.Resolve(aligned, progress);
        if (ModelFolder.IsAdapter(first))
            foreach (var adapter in new[] { first, second }.Distinct().Where(ModelFolder.IsAdapter))
                ModelFolder.BaseOf(adapter, progress); // into the cache, where it is not there
        return Load(first, second, precision);
    }

    /// <summary>One model on both sides, under two prompts. It shares the model: dispose of that, not of the pair.</summary>
    /// <param name="model">The model.</param>
    public static ModelPair Twice(LanguageModel model) => new(model, model, SharedVocabulary.Whole(model.Config.VocabularySize));

    /// <summary>
    /// The aligned model on both sides: what it says under one prompt beside what it says under another. It shares this pair's
    /// model; dispose of this pair, not of that.
    /// </summary>
    public ModelPair AlignedTwice() => Twice(Aligned);

    /// <summary>Frees both models, as far as nobody else uses them.</summary>
    public void Dispose()
    {
        Base.Dispose();
        Aligned.Dispose();
    }

    private static LanguageModel Open(string directory, string? adapterBase, Precision precision) =>
        adapterBase is not null && ModelFolder.IsAdapter(directory) ? LanguageModel.Load(adapterBase, directory, precision)
            : LanguageModel.Load(directory, precision);

    private static bool SameFolder(string one, string other) =>
        Path.TrimEndingDirectorySeparator(Path.GetFullPath(one)) == Path.TrimEndingDirectorySeparator(Path.GetFullPath(other));
}
