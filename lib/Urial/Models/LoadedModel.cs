namespace Urial;

/// <summary>What is read from a model's folder, or from its base's and an adapter's, once for all that use it.</summary>
internal sealed class LoadedModel
{
    private static readonly string[] OtherFiles =
    [
        "config.json", "generation_config.json", "tokenizer.json", "tokenizer_config.json", "special_tokens_map.json",
        "chat_template.jinja",
    ];

    private readonly Lazy<HfTokenizer> _tokenizer;
    private readonly Lazy<ChatTemplate?> _chatTemplate;
    private readonly Lazy<IReadOnlyDictionary<string, string>> _hashes;
    private readonly Lazy<IReadOnlyList<string>> _notes;

    /// <summary>A model.</summary>
    /// <param name="folders">The folder; with an adapter, the adapter's over the base's.</param>
    /// <param name="decoder">The network, which belongs to this object.</param>
    /// <param name="files">The files that decide what the model answers, in order of their names.</param>
    /// <param name="stamp">The folders' files when they were read; null where there is no folder.</param>
    public LoadedModel(FileLayers folders, Decoder decoder, string[] files, FolderStamp? stamp)
    {
        (Decoder, Files, Stamp) = (decoder, files, stamp);
        _tokenizer = new(() => ReadTokenizer(folders, decoder.Config));
        _chatTemplate = new(() => ChatTemplate.TryLoad(folders));
        _hashes = new(() => HashFiles(files));
        _notes = new(() => folders.Folders.Count < 2 ? [] : AdapterFolder.Notes(folders.Folders[0], Hashes));
    }

    public Decoder Decoder { get; }

    public string[] Files { get; }

    public FolderStamp? Stamp { get; }

    public HfTokenizer Tokenizer => _tokenizer.Value;

    public ChatTemplate? ChatTemplate => _chatTemplate.Value;

    public IReadOnlyDictionary<string, string> Hashes => _hashes.Value;

    public IReadOnlyList<string> Notes => _notes.Value;

    /// <summary>How many models use it; counted by <see cref="LoadedModels"/>.</summary>
    public int Users { get; set; } = 1;

    /// <summary>Reads a folder, or two.</summary>
    /// <param name="directory">The model's folder, or the base's.</param>
    /// <param name="adapter">The adapter's; null for none.</param>
    /// <param name="precision">The format to compute in.</param>
    /// <param name="stamp">What the folders look like now.</param>
    /// <exception cref="UrialException">Something is missing, damaged or not supported.</exception>
    public static LoadedModel Read(string directory, string? adapter, Precision precision, FolderStamp stamp)
    {
        var folders = adapter is null ? new FileLayers(directory) : new FileLayers(adapter, directory);
        var read = DecoderFiles.Load(directory, precision, adapter);
        try
        {
            return new LoadedModel(folders, read, FindFiles(folders, adapter), stamp);
        }
        catch
        {
            read.Dispose();
            throw;
        }
    }

    private static HfTokenizer ReadTokenizer(FileLayers folders, DecoderConfig config)
    {
        var loaded = HfTokenizer.Load(folders);
        // Special tokens may lie beyond what the model knows, as Gemma 3's for images do: a prompt that holds one is refused, no other.
        var beyond = Enumerable.Range(config.VocabularySize, Math.Max(0, loaded.VocabularySize - config.VocabularySize));
        return beyond.All(id => !loaded.Contains(id) || loaded.IsSpecial(id))
            ? loaded
            : throw new UrialException($"The tokenizer in '{folders}' has {loaded.VocabularySize} tokens, and the model "
                + $"knows {config.VocabularySize}: they do not belong together.");
    }

    private static string[] FindFiles(FileLayers folders, string? adapter)
    {
        var directory = folders.Folders[^1];
        using var checkpoint = Checkpoint.Open(directory);
        string[] others = [Path.Combine(directory, OtherFiles[0]), .. OtherFiles.Skip(1).Select(folders.File),
            .. adapter is null ? [] : AdapterFolder.Own.Select(name => Path.Combine(adapter, name))];
        return [.. checkpoint.Files.Concat(others.Where(File.Exists)).OrderBy(path => Path.GetFileName(path), StringComparer.Ordinal)];
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
