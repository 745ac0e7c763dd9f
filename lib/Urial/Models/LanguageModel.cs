namespace Urial;

/// <summary>A model folder in Hugging Face layout: weights, tokenizer and what else lies in it; or a base and an adapter on it.</summary>
public sealed partial class LanguageModel : IPromptedModel, IDisposable
{
    private readonly LoadedModel _loaded;
    private int _disposed;

    private LanguageModel(string directory, LoadedModel loaded, string? adapterOf = null)
    {
        Directory = directory;
        (BaseDirectory, HasAdapter) = (adapterOf ?? directory, adapterOf is not null);
        _loaded = loaded;
        Name = HubOrigin.Of(directory)?.Name ?? Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(directory)));
    }

    /// <summary>The folder's name; of a model from the hub, its name there.</summary>
    public string Name { get; }

    /// <summary>The folder; of a model with an adapter, the adapter's.</summary>
    public string Directory { get; }

    /// <summary>The folder of the weights: <see cref="Directory"/>, or, with an adapter, its base's.</summary>
    public string BaseDirectory { get; }

    /// <summary>Whether an adapter is merged into the weights.</summary>
    public bool HasAdapter { get; }

    /// <summary>
    /// What must be known of numbers that this model gives: that its adapter was trained on other weights. Computed when first asked for,
    /// since the weights are hashed for it.
    /// </summary>
    public IReadOnlyList<string> Notes => _loaded.Notes;

    /// <summary>The network. Every model loaded from the same unchanged folder shares it.</summary>
    public Decoder Decoder => _loaded.Decoder;

    /// <summary>The network's shape.</summary>
    public DecoderConfig Config => Decoder.Config;

    /// <summary>The format it is computed in.</summary>
    public Precision Precision => Decoder.Precision;

    /// <summary>The tokenizer; read when first asked for.</summary>
    /// <exception cref="UrialException">It is missing, damaged, not supported, or has more tokens than the model knows.</exception>
    public HfTokenizer Tokenizer => _loaded.Tokenizer;

    /// <summary>The chat template; null where the folder has none, as base models do.</summary>
    /// <exception cref="UrialException">It is there and cannot be read.</exception>
    public ChatTemplate? ChatTemplate => _loaded.ChatTemplate;

    IReadOnlyList<int> IPromptedModel.EndIds => Config.EosTokenIds;

    int? IPromptedModel.ContextLength => Config.ContextLength;

    int IPromptedModel.VocabularySize => Config.VocabularySize;

    /// <summary>A chat template for this model's special tokens.</summary>
    internal ChatTemplate TemplateOf(string source) => ChatTemplate.For(source, Directory);

    /// <summary>The files that decide what the model answers, as paths, in order of their names.</summary>
    public string[] Files => _loaded.Files;

    /// <summary>
    /// SHA-256 of each of <see cref="Files"/> in lower-case hexadecimal, by file name: what a manifest keeps. Computed when first asked
    /// for.
    /// </summary>
    public IReadOnlyDictionary<string, string> Hashes => _loaded.Hashes;

    /// <summary>Those of <see cref="Hashes"/> whose files lie in a folder.</summary>
    internal IReadOnlyDictionary<string, string> HashesIn(string directory) => Files
        .Where(file => Path.GetDirectoryName(Path.GetFullPath(file)) == Path.TrimEndingDirectorySeparator(Path.GetFullPath(directory)))
        .Select(file => Path.GetFileName(file)).ToDictionary(name => name, name => Hashes[name], StringComparer.Ordinal);

    /// <summary>A network without a folder: it has no tokenizer and reads token ids only.</summary>
    internal static LanguageModel Of(Decoder decoder, string name) => new(name, new LoadedModel(name, decoder, [], null));

    /// <summary>Answers a prompt.</summary>
    /// <param name="prompt">The whole prompt as the model sees it; no special tokens are added.</param>
    /// <param name="options">How to decode; greedy where null.</param>
    /// <exception cref="UrialException">The prompt is empty or too long, an option is out of range, or the model answers NaN.</exception>
    public Generation Generate(string prompt, GenerationOptions? options = null) => Generate(Tokenizer.Encode(prompt), options);

    /// <summary>Answers a prompt given as token ids.</summary>
    /// <param name="promptIds">The whole prompt.</param>
    /// <param name="options">How to decode; greedy where null.</param>
    /// <exception cref="UrialException">
    /// The prompt is empty, too long or holds foreign ids, an option is out of range, or the model answers NaN.
    /// </exception>
    public Generation Generate(int[] promptIds, GenerationOptions? options = null) => GenerateBatch([promptIds], options)[0];

    /// <summary>Answers several prompts side by side. Each answer is what the prompt alone would get.</summary>
    /// <param name="prompts">Token ids, one array per prompt.</param>
    /// <param name="options">How to decode; greedy where null. Draws depend on the seed, the row and the position.</param>
    /// <param name="stop">Given a row and its answer's text so far, whether the answer ends here.</param>
    /// <returns>The answers in the order of the prompts.</returns>
    /// <exception cref="UrialException">
    /// A prompt is empty, too long or holds foreign ids, an option is out of range, or the model answers NaN.
    /// </exception>
    public Generation[] GenerateBatch(IReadOnlyList<int[]> prompts, GenerationOptions? options = null,
        Func<int, string, bool>? stop = null) =>
        GenerateBatch([.. prompts.Select(ids => new PromptTokens(ids))], options, null, stop);

    /// <summary>Answers several prompts side by side, each with its own stop strings and stream of draws.</summary>
    /// <param name="prompts">The prompts.</param>
    /// <param name="options">How to decode; greedy where null.</param>
    /// <param name="prefix">
    /// What the prompts, or most of them, begin with; null: found among these prompts where <see cref="GenerationOptions.SharePrefix"/>
    /// says so.
    /// </param>
    /// <param name="stop">Given a row and its answer's text so far, whether the answer ends here.</param>
    /// <returns>The answers in the order of the prompts.</returns>
    /// <exception cref="UrialException">
    /// A prompt is empty, too long or holds foreign ids, an option is out of range, the prefix is another model's, or the model answers
    /// NaN.
    /// </exception>
    public Generation[] GenerateBatch(IReadOnlyList<PromptTokens> prompts, GenerationOptions? options, PrefixCache? prefix,
        Func<int, string, bool>? stop = null) => GenerateBatch(prompts, options, prefix, stop, null);

    /// <summary>
    /// As the other; and <paramref name="ended"/> is called with every answer that has ended and the number of its prompt, perhaps by
    /// several threads.
    /// </summary>
    internal Generation[] GenerateBatch(IReadOnlyList<PromptTokens> prompts, GenerationOptions? options, PrefixCache? prefix,
        Func<int, string, bool>? stop, Action<int, Generation>? ended)
    {
        options ??= new GenerationOptions();
        options.Check();
        prefix?.CheckModel(Decoder);
        for (var row = 0; row < prompts.Count; row++)
            CheckPrompt(prompts[row].Ids, prompts.Count == 1 ? "The prompt" : $"Prompt {row}", options);
        DecodedAnswer[] rows = [.. prompts.Select((prompt, number) => new DecodedAnswer(
            prompt.Ids, prompt.Stream ?? (ulong)number, options.PenaltyScope,
            EndOfAnswer.Of(this, prompt, options, stop is null ? null : text => stop(number, text))))];
        using var found =
            prefix is null && options.SharePrefix && prompts.Count > 1 ? Prefix([.. prompts.Select(prompt => prompt.Ids)]) : null;
        var shared = prefix ?? found;
        // Parts go side by side where that cannot change an answer; a caller's condition is asked by one thread at a time.
        var parts = Decoder.IsSmall && stop is null && IsAlone(options)
            ? Math.Clamp(rows.Length, 1, Environment.ProcessorCount) : 1;
        var partly = options with { BatchSize = (options.BatchSize + parts - 1) / parts };
        var answers = new Generation[rows.Length];
        TorchThreads.SideBySide(Decoder.IsSmall, parts, part =>
            AnswerDecoding.Run(Decoder, [.. rows.Where((_, number) => number % parts == part)], partly, shared, Finish));
        return answers;

        void Finish(DecodedAnswer row)
        {
            var number = Array.IndexOf(rows, row);
            answers[number] = EndOfAnswer.Finish(this, prompts[number], row, options);
            ended?.Invoke(number, answers[number]);
        }
    }

    /// <summary>Whether an answer is the same, down to the last bit, whatever is decoded beside it.</summary>
    internal bool IsAlone(GenerationOptions options) => Decoder.Packed is not null || BatchDecoding.IsExact(Decoder, options);

    /// <summary>Computes the keys and values of what prompts begin with, to be given to several calls.</summary>
    /// <param name="prompts">Token ids, one array per prompt.</param>
    /// <returns>
    /// The cache, to be disposed of by the caller; null where the prompts have too little in common
    /// (<see cref="PrefixCache.ShortestShared"/>).
    /// </returns>
    /// <exception cref="UrialException">The common beginning is too long or holds foreign ids.</exception>
    public PrefixCache? Prefix(IReadOnlyList<int[]> prompts)
    {
        var common = PrefixCache.Common(prompts);
        return common.Length < PrefixCache.ShortestShared ? null : Prefix(common);
    }

    /// <summary>Computes the keys and values of what prompts begin with, to be given to several calls.</summary>
    /// <param name="ids">Token ids.</param>
    /// <returns>The cache, to be disposed of by the caller.</returns>
    /// <exception cref="UrialException">There are no ids, too many, or foreign ones.</exception>
    public PrefixCache Prefix(int[] ids)
    {
        CheckPrompt(ids, "The prefix", new GenerationOptions { MaxNewTokens = 1 });
        return new PrefixCache(Decoder, ids);
    }

    /// <summary>
    /// A text as one vector: the mean of what the head would read at each of its tokens (the last block's output, normed). The
    /// tokenizer's leading special tokens are read and not counted, since their states are the same for every text, and large.
    /// </summary>
    /// <param name="text">A text that fits into the context.</param>
    /// <returns>[hidden], in f32 whatever the weights' format.</returns>
    /// <exception cref="UrialException">The text has no tokens, or too many.</exception>
    public float[] Embed(string text) => Embedding.Of(Decoder, Tokenizer.LeadingIds, Tokenizer.Encode(text));

    /// <summary>Frees the weights, unless another model that was loaded from the same folder still uses them.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 0)
            LoadedModels.Close(_loaded);
    }

    /// <summary>Refuses a prompt that cannot be answered.</summary>
    /// <param name="prompt">Token ids.</param>
    /// <param name="what">What it is called in the message.</param>
    /// <param name="options">Their limit of new tokens must fit behind the prompt.</param>
    /// <exception cref="UrialException">It is empty, too long or holds foreign ids.</exception>
    internal void CheckPrompt(int[] prompt, string what, GenerationOptions options)
    {
        if (prompt.Length == 0)
            throw new UrialException($"{what} is empty: '{Name}' needs at least one token to continue.");
        var foreign = Array.FindIndex(prompt, id => id < 0 || id >= Config.VocabularySize);
        if (foreign >= 0)
            throw new UrialException($"{what} holds the id {prompt[foreign]}, and '{Name}' knows 0 to {Config.VocabularySize - 1}. Was "
                + "it encoded by another tokenizer?");
        var room = Config.ContextLength - prompt.Length;
        if (options.MaxNewTokens > room)
            throw new UrialException(room < 1
                ? $"Context overflow. {what} takes {prompt.Length} tokens, and the context of '{Name}' holds {Config.ContextLength}. "
                    + "Shorten the prompt."
                : $"Context overflow. {what} takes {prompt.Length} tokens and asks for up to {options.MaxNewTokens} more, and the "
                    + $"context of '{Name}' holds {Config.ContextLength}. Shorten the prompt, or set MaxNewTokens to {room} or less.");
    }
}
