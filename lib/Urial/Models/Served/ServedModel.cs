using System.Collections.Concurrent;

namespace Urial;

/// <summary>
/// A model behind an OpenAI-compatible completions server: it answers, and it tells the log-probabilities of a text that it reads. Safe to
/// use from several threads; as many requests are under way as the settings allow.
/// </summary>
public sealed class ServedModel : IPromptedModel, IDisposable
{
    private readonly ServedModelSettings _settings;
    private readonly ServedRequests _requests;
    private readonly ServedVocabulary _vocabulary;
    private readonly LogprobReader _reader;
    private readonly ConcurrentDictionary<string, byte> _notes = new();
    private LogprobWay? _logprobs;
    private GenerationWay? _generation;

    private ServedModel(
        ServedModelSettings settings, ServedRequests requests, ServedVocabulary vocabulary, TokenSpellings spellings, string name,
        int? context)
    {
        (_settings, _requests, _vocabulary, Name, ContextLength) = (settings, requests, vocabulary, name, context);
        _reader = new LogprobReader(spellings, vocabulary.Tokenizer, requests.Errors);
        VocabularySize = vocabulary.Size ?? vocabulary.Tokenizer.VocabularySize;
    }

    /// <summary>The model's name at the server.</summary>
    public string Name { get; }

    /// <summary>The server's address, for manifests and messages.</summary>
    public string Address => _settings.Shown;

    /// <summary>How many tokens a text may have; null where the server does not say.</summary>
    public int? ContextLength { get; }

    /// <summary>How many tokens the model knows.</summary>
    public int VocabularySize { get; private set; }

    /// <summary>The tokenizer of the folder that was named.</summary>
    public HfTokenizer Tokenizer => _vocabulary.Tokenizer;

    /// <summary>The chat template in the folder of the tokenizer; null where it has none.</summary>
    /// <exception cref="UrialException">It is there and cannot be read.</exception>
    public ChatTemplate? ChatTemplate => _vocabulary.ChatTemplate.Value;

    /// <summary>The ids that end an answer, by the folder of the tokenizer.</summary>
    public IReadOnlyList<int> EndIds => _vocabulary.EndIds;

    /// <summary>How the server tells log-probabilities: <c>prompt_logprobs</c> or <c>echo</c>; null where it was not asked.</summary>
    public string? LogprobsBy => _logprobs?.Name;

    /// <summary>Whether the server tells ranks over the whole vocabulary.</summary>
    public bool HasRanks { get; private set; }

    /// <summary>Whether the server tells the whole vocabulary, so that every number is exact.</summary>
    public bool IsWhole { get; private set; }

    /// <summary>How many requests may be under way at once.</summary>
    public int Concurrency => _settings.Concurrency;

    /// <summary>How many of the most probable tokens are asked for; −1: all.</summary>
    public int TopLogprobs => _settings.TopLogprobs;

    /// <summary>What must be known of what this server gives, in the order of the words.</summary>
    public IReadOnlyList<string> Notes => [.. _notes.Keys.Order(StringComparer.Ordinal)];

    /// <summary>Waits for the server, finds the model, and finds out what it can do.</summary>
    /// <param name="settings">The server.</param>
    /// <param name="tokenizerFolder">
    /// The folder of the model's tokenizer: tokenizer.json, with config.json and generation_config.json where they are at hand.
    /// </param>
    /// <param name="scores">Whether log-probabilities will be asked for.</param>
    /// <param name="answers">Whether answers will be asked for.</param>
    /// <param name="progress">Told what is waited for.</param>
    /// <param name="cancellation">Ends it at once.</param>
    /// <exception cref="UrialException">
    /// The server cannot be reached, has no such model, cannot do what is asked, or does not belong to the tokenizer.
    /// </exception>
    public static async Task<ServedModel> ConnectAsync(ServedModelSettings settings, string tokenizerFolder, bool scores = true,
        bool answers = true, Action<string>? progress = null, CancellationToken cancellation = default)
    {
        settings.Check();
        var vocabulary = ServedVocabulary.Load(tokenizerFolder);
        var requests = new ServedRequests(settings, progress);
        try
        {
            var listing = await ServedStart.WaitAsync(settings, requests, progress, cancellation).ConfigureAwait(false);
            var (name, context) = listing is null ? (settings.Model!, null) : listing.Choose(settings.Model, requests.Errors);
            var spellings = new TokenSpellings(vocabulary.Tokenizer);
            var model = new ServedModel(settings, requests, vocabulary, spellings, name, context);
            var probe = new ServedProbe(requests, settings, name, vocabulary, spellings);
            if (scores)
                model.Take(await probe.LogprobsAsync(cancellation).ConfigureAwait(false));
            if (answers)
                model.Take(await probe.GenerationAsync(cancellation).ConfigureAwait(false));
            return model;
        }
        catch
        {
            requests.Dispose();
            throw;
        }
    }

    /// <summary>The model's own answer, its most probable token at each step.</summary>
    /// <param name="prompt">The prompt, and where its answer stops.</param>
    /// <param name="maxTokens">The most tokens of the answer, end-of-sequence included.</param>
    /// <param name="stop">Where the answer stops if the prompt does not say; null: at an end of sequence alone.</param>
    /// <param name="endIds">The ids that end it; null: <see cref="EndIds"/>.</param>
    /// <param name="cancellation">Ends it at once.</param>
    /// <returns>The answer, as a model in this process gives it.</returns>
    /// <exception cref="UrialException">The server refuses, fails again and again, or answers what cannot be used.</exception>
    public Task<Generation> GenerateAsync(PromptTokens prompt, int maxTokens, IReadOnlyList<string>? stop = null,
        IReadOnlyCollection<int>? endIds = null, CancellationToken cancellation = default)
    {
        CheckText(prompt.Ids, "The prompt");
        var way = _generation ?? throw new InvalidOperationException("This model was connected without answers.");
        return new ServedGeneration(_requests, Name, way, Tokenizer, VocabularySize, ContextLength, Note)
            .AnswerAsync(prompt, maxTokens, prompt.Stop ?? stop ?? [], endIds ?? EndIds, cancellation);
    }

    /// <summary>What the model says at each place of an answer, having read what stands before it.</summary>
    /// <param name="promptIds">What stands before the answer.</param>
    /// <param name="answerIds">The answer.</param>
    /// <param name="cancellation">Ends it at once.</param>
    /// <returns>A distribution for each of the answer's tokens, all from one reply.</returns>
    /// <exception cref="UrialException">The server refuses, fails again and again, or answers what cannot be used.</exception>
    public async Task<ServedDistribution[]> ScoreAsync(int[] promptIds, int[] answerIds, CancellationToken cancellation = default)
    {
        CheckText(promptIds, "The prompt");
        CheckText(answerIds, "The answer");
        var way = _logprobs ?? throw new InvalidOperationException("This model was connected without scores.");
        int[] ids = [.. promptIds, .. answerIds];
        if (ids.Length + way.NewTokens > ContextLength)
            throw new UrialException($"Context overflow: prompt and answer take {ids.Length} tokens, and {_settings} reads {ContextLength}"
                + $"{(way.NewTokens > 0 ? " with one behind them" : "")}. Shorten the prompt.");
        var text = way.AsText ? Tokenizer.Decode(ids) : "";
        if (way.AsText && !Tokenizer.Encode(text).SequenceEqual(ids))
            throw new UrialException($"{_settings} takes text alone, and the text of this prompt and answer has other tokens when it is "
                + "read again. Use a server that takes token ids (vLLM).");
        var body = ServedBody.Score(Name, way, ids, text, TopLogprobs);
        return await _requests.AskAsync("completions", body, json =>
        {
            var choice = new ServedChoice(json, _requests.Errors);
            return _reader.Read(choice, way, ids, promptIds.Length, TopLogprobs, VocabularySize);
        }, cancellation).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Name} at {Address}";

    /// <inheritdoc/>
    public void Dispose() => _requests.Dispose();

    private void Take((LogprobWay Way, int VocabularySize, bool HasRanks, bool IsWhole) found)
    {
        (_logprobs, VocabularySize, HasRanks, IsWhole) = found;
        if (TopLogprobs == -1 && !IsWhole)
            Note("The server was asked for the whole vocabulary and tells a part of it: divergences and entropies have bounds.");
        if (_vocabulary.Size is null && !IsWhole)
            Note("The number of the vocabulary's tokens is the tokenizer's, since its folder has no config.json.");
        if (found.Way.AsText)
            Note("The server takes text, no token ids: it made the tokens, whose spellings were checked.");
    }

    private void Take(GenerationWay found)
    {
        _generation = found;
        if (found.Ids == AnswerIdSource.Text)
            Note("The server tells an answer's text alone: its ids are our tokenizer's, and may differ from the model's own.");
        if (!found.WithExtras)
            Note("The server takes no settings beyond OpenAI's: its own defaults, a repetition penalty say, may shape answers.");
    }

    private void Note(string note) => _notes.TryAdd(note, 0);

    private void CheckText(int[] ids, string what)
    {
        if (ids.Length == 0)
            throw new UrialException($"{what} is empty: {this} needs at least one token.");
        if (Array.FindIndex(ids, id => id < 0 || id >= VocabularySize) is >= 0 and var place)
            throw new UrialException($"{what} holds the id {ids[place]}, and {this} knows 0 to {VocabularySize - 1}. Was it encoded by "
                + "another tokenizer?");
    }
}
