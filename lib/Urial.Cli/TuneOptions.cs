using System.CommandLine;

namespace Urial.Cli;

/// <summary>The options that both ways of tuning have.</summary>
/// <param name="defaults">What they are where they are left out.</param>
internal sealed class TuneOptions(TuningOptions defaults)
{
    private Option<string?> _base = null!;
    private Option<string> _data = null!;

    public Option<string> Out { get; } = new("--out")
    {
        Description = "Folder for the adapter, its curve and its manifest.",
        Required = true,
        HelpName = "DIR",
    };

    public Option<int> Epochs { get; } = new("--epochs")
    {
        CustomParser = Number.Whole(1, 10_000),
        Description = "Passes over the data.",
        DefaultValueFactory = _ => defaults.Epochs,
        HelpName = "N",
    };

    public Option<int> Batch { get; } = new("--batch")
    {
        CustomParser = Number.Whole(1),
        Description = "Examples (pairs) of a step. Memory does not grow with it.",
        DefaultValueFactory = _ => defaults.BatchSize,
        HelpName = "N",
    };

    public Option<double> Rate { get; } = new("--learning-rate")
    {
        CustomParser = Number.Decimal(value => value > 0, "above 0"),
        Description = "The highest learning rate: it rises over the first steps and falls in a line to the end.",
        DefaultValueFactory = _ => defaults.Rate,
        HelpName = "X",
    };

    public Option<int?> Limit { get; } = new("--limit")
    {
        CustomParser = Number.WholeIfGiven(1),
        Description = "Only the first N lines of the data.",
        HelpName = "N",
    };

    public Option<int> Seed { get; } = new("--seed")
    {
        CustomParser = Number.Whole(0),
        Description = "Seed of the first matrices and of the order of the examples.",
        DefaultValueFactory = _ => defaults.Seed,
        HelpName = "N",
    };

    public Option<string> Dtype { get; } = new("--dtype")
    {
        Description = "Precision to compute in, and to store the adapter in: f32, or bf16, which is faster where the processor has it.",
        DefaultValueFactory = _ => "f32",
        HelpName = "f32|bf16",
    };

    public Option<string?> BaseName { get; } = new("--base-name")
    {
        Description = "What the adapter calls its base, for whoever loads it: a hub id. What --base says where it is left out.",
        HelpName = "ID",
    };

    public Option<int> CheckpointEvery { get; } = new("--checkpoint-every")
    {
        CustomParser = Number.Whole(1),
        Description = "Steps between two checkpoints: what a killed run loses at most.",
        DefaultValueFactory = _ => 20,
        HelpName = "N",
    };

    /// <summary>The base model.</summary>
    public Option<string?> Base(bool required) => _base = new Option<string?>("--base")
    {
        Description = "Folder of the base model, or org/name[@revision] of the hub."
            + (required ? "" : " What the adapter names where it is left out."),
        Required = required,
        HelpName = ModelArgument.HelpName,
    };

    /// <summary>The examples.</summary>
    public Option<string> Data(string description) => _data = new Option<string>("--data")
    {
        Description = description,
        Required = true,
        HelpName = "FILE.jsonl",
    };

    /// <summary>What the options say.</summary>
    public TuneSettings Settings(ParseResult parsed, CancellationToken cancellation, string? adapter = null)
    {
        var error = parsed.InvocationConfiguration.Error;
        var named = parsed.GetValue(_base);
        var folder = named is null ? ModelArgument.ResolveBase(adapter!, error, cancellation)
            : ModelArgument.Resolve(named, error, cancellation);
        return new TuneSettings
        {
            BaseDirectory = folder,
            BaseName = parsed.GetValue(BaseName) ?? named ?? NameOf(adapter!, folder),
            AdapterDirectory = adapter,
            DataFile = parsed.GetRequiredValue(_data),
            OutDirectory = parsed.GetRequiredValue(Out),
            Limit = parsed.GetValue(Limit),
            Precision = PrecisionNames.Parse(parsed.GetRequiredValue(Dtype)),
            CheckpointEvery = parsed.GetValue(CheckpointEvery),
            Options = defaults with
            {
                Epochs = parsed.GetValue(Epochs),
                BatchSize = parsed.GetValue(Batch),
                Rate = parsed.GetValue(Rate),
                Seed = parsed.GetValue(Seed),
            },
        };
    }

    // A folder may be named relative to the first adapter's: from another folder it would not be found.
    private static string NameOf(string adapter, string folder)
    {
        var first = AdapterConfig.Load(adapter);
        return first.Base is { } named && !Directory.Exists(named) && HubId.TryParse(named, out var id)
            ? first.Revision is { } revision ? $"{id.Name}@{revision}" : named : Path.GetFullPath(folder);
    }
}
