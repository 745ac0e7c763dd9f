namespace Urial;

/// <summary>What is read from a model folder, once for all that use it.</summary>
/// <param name="directory">The folder.</param>
/// <param name="decoder">The network, which belongs to this object.</param>
/// <param name="files">The files that decide what the model answers, in order.</param>
/// <param name="stamp">The folder's files when it was read; null where there is no folder.</param>
internal sealed class LoadedModel(string directory, Decoder decoder, string[] files, FolderStamp? stamp)
{
    private readonly Lazy<HfTokenizer> _tokenizer = new(() => ReadTokenizer(directory, decoder.Config));
    private readonly Lazy<ChatTemplate?> _chatTemplate = new(() => ChatTemplate.TryLoad(directory));
    private readonly Lazy<IReadOnlyDictionary<string, string>> _hashes = new(() => HashFiles(files));

    public Decoder Decoder => decoder;

    public string[] Files => files;

    public FolderStamp? Stamp => stamp;

    public HfTokenizer Tokenizer => _tokenizer.Value;

    public ChatTemplate? ChatTemplate => _chatTemplate.Value;

    public IReadOnlyDictionary<string, string> Hashes => _hashes.Value;

    /// <summary>How many models use it; counted by <see cref="LoadedModels"/>.</summary>
    public int Users { get; set; } = 1;

    /// <summary>Reads a folder.</summary>
    /// <exception cref="UrialException">Something is missing, damaged or not supported.</exception>
    public static LoadedModel Read(string directory, Precision precision, FolderStamp stamp)
    {
        var read = Decoder.Load(directory, precision);
        try
        {
            return new LoadedModel(directory, read, FindFiles(directory), stamp);
        }
        catch
        {
            read.Dispose();
            throw;
        }
    }

    private static HfTokenizer ReadTokenizer(string directory, DecoderConfig config)
    {
        var loaded = HfTokenizer.Load(directory);
        // Special tokens may lie beyond what the model knows, as Gemma 3's for images do: a prompt that holds one is refused, no other.
        var beyond = Enumerable.Range(config.VocabularySize, Math.Max(0, loaded.VocabularySize - config.VocabularySize));
        return beyond.All(id => !loaded.Contains(id) || loaded.IsSpecial(id))
            ? loaded
            : throw new UrialException($"The tokenizer in '{directory}' has {loaded.VocabularySize} tokens, and the model "
                + $"knows {config.VocabularySize}: they do not belong together.");
    }

    private static string[] FindFiles(string directory)
    {
        using var checkpoint = Checkpoint.Open(directory);
        string[] others = ["config.json", "generation_config.json", "tokenizer.json", "tokenizer_config.json", "special_tokens_map.json",
            "chat_template.jinja"];
        return [.. checkpoint.Files.Concat(others.Select(name => Path.Combine(directory, name)).Where(File.Exists))
            .Order(StringComparer.Ordinal)];
    }

    private static Dictionary<string, string> HashFiles(string[] files)
    {
        var found = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var path in files)
        {
            found[Path.GetFileName(path)] = ContentHash.OfFile(path, "model's file");
        }
        return found;
    }
}
