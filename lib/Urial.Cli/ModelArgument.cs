using System.CommandLine;

namespace Urial.Cli;

/// <summary>What an option such as <c>--model</c> takes: the folder of a model or of an adapter, or its id on the hub.</summary>
internal static class ModelArgument
{
    /// <summary>How help shows it.</summary>
    public const string HelpName = "DIR|ID";

    /// <summary>The option that names an adapter beside its base.</summary>
    public static Option<string> AdapterOption() => new("--adapter")
    {
        Description = "A LoRA adapter in PEFT's layout, merged into the model: --model is its base then. A --model that is an adapter's "
            + "folder needs no --adapter, and takes the base that its adapter_config.json names.",
        HelpName = HelpName,
    };

    /// <summary>The folder; a model of the hub is fetched first where it is not in the cache.</summary>
    /// <param name="named">What the option says.</param>
    /// <param name="error">Where a download's progress is shown.</param>
    /// <param name="cancellation">Ends a download.</param>
    /// <exception cref="UrialException">The model cannot be fetched.</exception>
    public static string Resolve(string named, TextWriter error, CancellationToken cancellation = default) =>
        IsFolder(named) ? named : FetchProgress.Show(error, progress => ModelFolder.Resolve(named, progress, cancellation));

    /// <summary>The folders of a model and of its adapter, fetched where they are not in the cache; null where it has none.</summary>
    /// <param name="named">What <c>--model</c> says.</param>
    /// <param name="adapter">What <c>--adapter</c> says; null where it is not given.</param>
    /// <param name="error">Where a download's progress is shown.</param>
    /// <param name="cancellation">Ends a download.</param>
    /// <exception cref="UrialException">One of them cannot be fetched, or an adapter's base is not known.</exception>
    public static (string Model, string? Adapter) Resolve(
        string named, string? adapter, TextWriter error, CancellationToken cancellation = default)
    {
        var model = Resolve(named, error, cancellation);
        if (adapter is not null)
            return (model, Resolve(adapter, error, cancellation));
        return ModelFolder.IsAdapter(model) ? (ResolveBase(model, error, cancellation), model) : (model, null);
    }

    /// <summary>The folder of the base that an adapter's configuration names.</summary>
    /// <inheritdoc cref="Resolve(string, string?, TextWriter, CancellationToken)"/>
    public static string ResolveBase(string adapter, TextWriter error, CancellationToken cancellation = default) =>
        FetchProgress.Show(error, progress => ModelFolder.BaseOf(adapter, progress, cancellation));

    /// <summary>The model.</summary>
    /// <inheritdoc cref="Resolve(string, string?, TextWriter, CancellationToken)"/>
    public static LanguageModel Load(string named, string? adapter, TextWriter error)
    {
        var (model, merged) = Resolve(named, adapter, error);
        return merged is null ? LanguageModel.Load(model) : LanguageModel.Load(model, merged);
    }

    /// <summary>Says what must be known of the models that a command used.</summary>
    public static void Warn(IEnumerable<string> notes, TextWriter error)
    {
        foreach (var note in notes)
            error.WriteLine($"note: {note}");
    }

    /// <summary>The folder of a model of which only the tokenizer is wanted: no weights are fetched.</summary>
    /// <inheritdoc cref="Resolve(string, TextWriter, CancellationToken)"/>
    public static string ResolveTokenizer(string named, TextWriter error, CancellationToken cancellation = default) =>
        IsFolder(named) ? named : FetchProgress.Show(error, progress => ModelFolder.ResolveTokenizer(named, progress, cancellation));

    private static bool IsFolder(string named) => Directory.Exists(named) || !HubId.TryParse(named, out _);
}
