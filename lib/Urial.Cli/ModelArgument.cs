namespace Urial.Cli;

/// <summary>What an option such as <c>--model</c> takes: a model's folder, or its id on the hub.</summary>
internal static class ModelArgument
{
    /// <summary>How help shows it.</summary>
    public const string HelpName = "DIR|ID";

    /// <summary>The model's folder; a model of the hub is fetched first where it is not in the cache.</summary>
    /// <param name="named">What the option says.</param>
    /// <param name="error">Where a download's progress is shown.</param>
    /// <param name="cancellation">Ends a download.</param>
    /// <exception cref="UrialException">The model cannot be fetched.</exception>
    public static string Resolve(string named, TextWriter error, CancellationToken cancellation = default) =>
        IsFolder(named) ? named : FetchProgress.Show(error, progress => ModelFolder.Resolve(named, progress, cancellation));

    /// <summary>The folder of a model of which only the tokenizer is wanted: no weights are fetched.</summary>
    /// <inheritdoc cref="Resolve"/>
    public static string ResolveTokenizer(string named, TextWriter error, CancellationToken cancellation = default) =>
        IsFolder(named) ? named : FetchProgress.Show(error, progress => ModelFolder.ResolveTokenizer(named, progress, cancellation));

    private static bool IsFolder(string named) => Directory.Exists(named) || !HubId.TryParse(named, out _);
}
