namespace Urial.MicroWorld;

/// <summary>
/// The pair that a chapter runs on: the embedded one, or one of the reader's choice, by an environment variable or by one edited line.
/// </summary>
public sealed class PairChoice : IDisposable
{
    /// <summary>The environment variable that names a pair of <see cref="PairCatalogue"/>.</summary>
    public const string Variable = "URIAL_PAIR";

    /// <summary>The environment variable that names a base model, a folder or <c>org/name</c>, together with the other.</summary>
    public const string BaseVariable = "URIAL_BASE";

    /// <summary>The environment variable that names its aligned counterpart.</summary>
    public const string AlignedVariable = "URIAL_ALIGNED";

    private const int EmbeddedStep = 9; // every ninth held-out query: 40 of 360, of all kinds
    private const int EmbeddedBatch = 40; // all at once: small models gain by it, and have the memory

    private PairChoice(string name, ModelPair pair, bool isEmbedded) => (Name, Pair, IsEmbedded) = (name, pair, isEmbedded);

    /// <summary>The pair's name.</summary>
    public string Name { get; }

    /// <summary>Its models.</summary>
    public ModelPair Pair { get; }

    /// <summary>Whether it is the micro-world pair, which knows nothing of the real world and is asked about its own.</summary>
    public bool IsEmbedded { get; }

    /// <summary>The micro-world pair: base, and after SFT and DPO.</summary>
    public static PairChoice Embedded() => new("micro-world, SFT + DPO", ModelPair.Load(MicroModels.Base, MicroModels.Dpo), true);

    /// <summary>A pair of the catalogue; downloads what is not in the cache.</summary>
    /// <param name="name">Its name: <c>qwen2.5-0.5b</c>.</param>
    /// <exception cref="UrialException">There is none of that name, or a model cannot be fetched or loaded.</exception>
    public static PairChoice Of(string name) => new(name, PairCatalogue.Find(name).Load(), false);

    /// <summary>Any two models over one tokenizer.</summary>
    /// <param name="base">The base model: a folder, or <c>org/name[@revision]</c> of the hub.</param>
    /// <param name="aligned">The aligned model.</param>
    /// <exception cref="UrialException">A model cannot be fetched or loaded, or the two are no pair.</exception>
    public static PairChoice Of(string @base, string aligned)
    {
        var pair = ModelPair.FromHub(@base, aligned);
        return new($"{pair.Base.Name} → {pair.Aligned.Name}", pair, false);
    }

    /// <summary>The pair that the environment names; the embedded one where it names none.</summary>
    /// <param name="variable">Reads a variable; null: those of the process.</param>
    /// <exception cref="UrialException">The variables contradict each other, or what they name cannot be loaded.</exception>
    public static PairChoice FromEnvironment(Func<string, string?>? variable = null)
    {
        variable ??= Environment.GetEnvironmentVariable;
        return (Value(Variable), Value(BaseVariable), Value(AlignedVariable)) switch
        {
            (null, null, null) => Embedded(),
            ({ } name, null, null) => Of(name),
            (null, { } @base, { } aligned) => Of(@base, aligned),
            (null, _, _) => throw new UrialException(
                $"Only one of {BaseVariable} and {AlignedVariable} is set, and a pair has two models. Set both, or neither."),
            _ => throw new UrialException($"{Variable} is set, and {BaseVariable} or {AlignedVariable} too: which pair is meant? Set "
                + $"{Variable} alone, or the two others."),
        };

        string? Value(string name) => variable(name) is { } value && !string.IsNullOrWhiteSpace(value) ? value.Trim() : null;
    }

    /// <summary>
    /// Asks and scores: a real pair the queries of <see cref="ShiftQueries.OwnPairPath"/>, the embedded pair forty held-out ones about its
    /// own world. Each answer carries its query's kind.
    /// </summary>
    /// <param name="options">How long answers may be, and how many top tokens are kept; null: 256, and 3.</param>
    /// <exception cref="UrialException">The aligned model has no chat template, or a query does not fit.</exception>
    public IReadOnlyList<ShiftedAnswer> Ask(ShiftOptions? options = null)
    {
        options ??= new ShiftOptions { Top = 3, BatchSize = IsEmbedded ? EmbeddedBatch : 16 };
        return IsEmbedded
            ? MicroShift.Run(Pair, MicroAnswers.Every(QueryFile.HeldOut(), EmbeddedStep), options)
            : ShiftAnalysis.Run(Pair, ShiftQueries.ReadAll(ShiftQueries.OwnPairPath), options);
    }

    /// <inheritdoc/>
    public void Dispose() => Pair.Dispose();
}
