namespace Urial;

/// <content>From folders and from the hub, with an adapter or without.</content>
public sealed partial class LanguageModel
{
    /// <summary>
    /// Loads a model. A folder that was loaded before in this process, and whose files have not changed since, is not read again: both
    /// models share the weights, which stay until the last of them is disposed of or forgotten.
    /// </summary>
    /// <param name="directory">
    /// The folder with <c>config.json</c>, safetensors weights and <c>tokenizer.json</c>; or an adapter's, whose base is then looked for
    /// where its <c>adapter_config.json</c> says: a folder, seen from the adapter's or from here, or a model in the hub's cache.
    /// </param>
    /// <param name="precision">The format to compute in.</param>
    /// <exception cref="UrialException">Something is missing, damaged or not supported.</exception>
    public static LanguageModel Load(string directory, Precision precision = Precision.F32) => AdapterFolder.Is(directory)
        ? Load(ModelFolder.CachedBaseOf(directory), directory, precision) : new(directory, LoadedModels.Open(directory, null, precision));

    /// <summary>
    /// Loads a base with an adapter, which is merged into a copy of the weights that it changes. Tokenizer, chat template and
    /// <c>generation_config.json</c> are the adapter's, file by file, where its folder has them, else the base's.
    /// </summary>
    /// <param name="baseDirectory">The base's folder.</param>
    /// <param name="adapterDirectory">The folder with <c>adapter_config.json</c> and <c>adapter_model.safetensors</c>.</param>
    /// <param name="precision">The format to compute in.</param>
    /// <exception cref="UrialException">
    /// Something is missing, damaged or not supported, or the adapter is for another base.
    /// </exception>
    public static LanguageModel Load(string baseDirectory, string adapterDirectory, Precision precision = Precision.F32) =>
        !File.Exists(Path.Combine(adapterDirectory, AdapterConfig.FileName))
            ? throw new UrialException($"'{adapterDirectory}' is no adapter: it has no {AdapterConfig.FileName}. Name the folder that PEFT "
                + "or urial tune wrote.")
        : AdapterFolder.Is(baseDirectory)
            ? throw new UrialException($"'{baseDirectory}' is to be the base of the adapter '{adapterDirectory}', and is an adapter "
                + "itself. Name the folder of a whole model.")
        : new(adapterDirectory, LoadedModels.Open(baseDirectory, adapterDirectory, precision), baseDirectory);

    /// <summary>Loads a model from the hub, or from the cache where it is there already.</summary>
    /// <param name="id"><c>org/name</c> or <c>org/name@revision</c>; a folder of that name wins.</param>
    /// <param name="precision">The format to compute in.</param>
    /// <param name="progress">Told how far a download has come.</param>
    /// <exception cref="UrialException">It cannot be fetched, or something in it is missing, damaged or not supported.</exception>
    public static LanguageModel FromHub(string id, Precision precision = Precision.F32, Action<HubProgress>? progress = null)
    {
        var folder = ModelFolder.Resolve(id, progress);
        return ModelFolder.IsAdapter(folder) ? Load(ModelFolder.BaseOf(folder, progress), folder, precision) : Load(folder, precision);
    }

    /// <summary>The tokenizer and the chat template of a folder, without its weights.</summary>
    /// <param name="directory">A model's folder, or an adapter's.</param>
    /// <param name="baseDirectory">
    /// The adapter's base; null: looked for as in <see cref="Load(string, Precision)"/>, where the adapter has no tokenizer of its own.
    /// </param>
    /// <exception cref="UrialException">A file cannot be read, or the base is needed and cannot be found.</exception>
    public static (HfTokenizer Tokenizer, ChatTemplate? ChatTemplate) LoadTokenizer(string directory, string? baseDirectory = null)
    {
        if (baseDirectory is null && AdapterFolder.Is(directory) && !File.Exists(Path.Combine(directory, "tokenizer.json")))
            baseDirectory = ModelFolder.CachedBaseOf(directory, withWeights: false);
        var folders = baseDirectory is null ? new FileLayers(directory) : new FileLayers(directory, baseDirectory);
        return (HfTokenizer.Load(folders), ChatTemplate.TryLoad(folders));
    }
}
