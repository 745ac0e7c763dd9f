namespace Urial;

/// <summary>Where the two models of a pair are that is asked live; the same words as those of <see cref="ShiftRunSettings"/>.</summary>
/// <param name="BaseDirectory">The base model's folder; with <paramref name="BaseServer"/>, that of its tokenizer.</param>
/// <param name="AlignedDirectory">The aligned model's folder; with <paramref name="AlignedServer"/>, that of its tokenizer.</param>
/// <param name="BaseServer">The server that has the base model; null: it is loaded here.</param>
/// <param name="AlignedServer">The server that has the aligned model; null: it is loaded here.</param>
/// <param name="AdapterBase">The base of a folder that is an adapter's; null: as <see cref="ModelPair.Load"/> finds it.</param>
/// <param name="Precision">The precision to compute in.</param>
public sealed record LivePairSettings(string BaseDirectory, string AlignedDirectory, ServedModelSettings? BaseServer = null,
    ServedModelSettings? AlignedServer = null, string? AdapterBase = null, Precision Precision = Precision.F32)
{
    /// <summary>Whether a server has one of the models, or both.</summary>
    public bool IsServed => (BaseServer ?? AlignedServer) is not null;

    /// <summary>The same pair for a run over a file.</summary>
    /// <param name="queries">The file of queries.</param>
    /// <param name="output">The folder that gets the run.</param>
    public ShiftRunSettings Run(string queries, string output) => new()
    {
        BaseDirectory = BaseDirectory,
        AlignedDirectory = AlignedDirectory,
        BaseServer = BaseServer,
        AlignedServer = AlignedServer,
        AdapterBase = AdapterBase,
        Precision = Precision,
        QueriesFile = queries,
        OutDirectory = output,
        Tokens = true,
    };

    /// <summary>The aligned model on both sides: the pair of the control.</summary>
    public LivePairSettings AlignedTwice => this with { BaseDirectory = AlignedDirectory, BaseServer = AlignedServer };
}
