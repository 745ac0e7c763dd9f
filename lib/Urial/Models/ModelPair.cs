namespace Urial;

/// <summary>A base model and its aligned counterpart over one tokenizer.</summary>
public sealed class ModelPair : IDisposable
{
    private ModelPair(LanguageModel @base, LanguageModel aligned) => (Base, Aligned) = (@base, aligned);

    /// <summary>The base model.</summary>
    public LanguageModel Base { get; }

    /// <summary>The aligned model; the same object as <see cref="Base"/> where one folder was given twice.</summary>
    public LanguageModel Aligned { get; }

    /// <summary>The tokenizer that both share.</summary>
    public HfTokenizer Tokenizer => Aligned.Tokenizer;

    /// <summary>
    /// Loads two models and checks that a token id means the same in both. Run again, it reads no folder a second time
    /// (<see cref="LanguageModel.Load"/>).
    /// </summary>
    /// <param name="baseDirectory">The base model's folder.</param>
    /// <param name="alignedDirectory">
    /// The aligned model's folder; it may be the same (one model under two prompts), which is loaded once.
    /// </param>
    /// <param name="precision">The format to compute in.</param>
    /// <exception cref="UrialException">A model cannot be loaded, or the two do not share a vocabulary.</exception>
    public static ModelPair Load(string baseDirectory, string alignedDirectory, Precision precision = Precision.F32)
    {
        var first = LanguageModel.Load(baseDirectory, precision);
        LanguageModel? second = null;
        try
        {
            second = SameFolder(baseDirectory, alignedDirectory) ? first : LanguageModel.Load(alignedDirectory, precision);
            CheckVocabulary(first, second);
            return new ModelPair(first, second);
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
        return Load(first, aligned == @base ? first : ModelFolder.Resolve(aligned, progress), precision);
    }

    /// <summary>One model on both sides, under two prompts. It shares the model: dispose of that, not of the pair.</summary>
    /// <param name="model">The model.</param>
    public static ModelPair Twice(LanguageModel model) => new(model, model);

    /// <summary>
    /// The aligned model on both sides: what it says under one prompt beside what it says under another. It shares this pair's
    /// model; dispose of this pair, not of that.
    /// </summary>
    public ModelPair AlignedTwice() => new(Aligned, Aligned);

    /// <summary>Frees both models, as far as nobody else uses them.</summary>
    public void Dispose()
    {
        Base.Dispose();
        Aligned.Dispose();
    }

    private static bool SameFolder(string one, string other) =>
        Path.TrimEndingDirectorySeparator(Path.GetFullPath(one)) == Path.TrimEndingDirectorySeparator(Path.GetFullPath(other));

    private static void CheckVocabulary(LanguageModel @base, LanguageModel aligned)
    {
        if (@base.Config.VocabularySize != aligned.Config.VocabularySize)
            throw new UrialException($"The models are no pair: '{@base.Directory}' knows {@base.Config.VocabularySize} tokens and "
                + $"'{aligned.Directory}' {aligned.Config.VocabularySize}. Choose a base model and its own aligned version.");
        var (one, other) = (@base.Tokenizer, aligned.Tokenizer);
        if (one.Sha256 == other.Sha256)
            return;
        // Files may differ in notes, templates or the order of fields; what counts is that every id is the same token.
        for (var id = 0; id < Math.Max(one.VocabularySize, other.VocabularySize); id++)
            if (Raw(one, id) != Raw(other, id))
                throw new UrialException($"The models are no pair: token {id} is {Shown(one, id)} in '{@base.Directory}' "
                    + $"and {Shown(other, id)} in '{aligned.Directory}'. Choose a base model and its own aligned version.");
    }

    private static string? Raw(HfTokenizer tokenizer, int id) => tokenizer.Contains(id) ? tokenizer.RawToken(id) : null;

    private static string Shown(HfTokenizer tokenizer, int id) => Raw(tokenizer, id) is { } raw ? $"\"{raw}\"" : "absent";
}
