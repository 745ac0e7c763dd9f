using System.Text.Json.Nodes;
using TorchSharp;

namespace Urial;

/// <summary>A pair of which a completions server has one model or both. A model in this process computes one thing at a time.</summary>
internal sealed class ServedEngine : IShiftEngine
{
    private readonly ShiftRunSettings _settings;
    private readonly LanguageModel? _localBase, _localAligned;
    private readonly ServedModel? _servedBase, _servedAligned;
    private readonly SemaphoreSlim _local = new(1);
    private readonly Lock _told = new();

    private ServedEngine(
        ShiftRunSettings settings, LanguageModel? localBase, LanguageModel? localAligned, ServedModel? servedBase,
        ServedModel? servedAligned)
    {
        (_settings, _localBase, _localAligned) = (settings, localBase, localAligned);
        (_servedBase, _servedAligned) = (servedBase, servedAligned);
        IPromptedModel @base = servedBase is null ? localBase! : servedBase;
        IPromptedModel aligned = servedAligned is null ? localAligned! : servedAligned;
        Pair = new PromptedPair(@base, aligned, SharedVocabulary.Of(@base, aligned));
    }

    /// <inheritdoc/>
    public PromptedPair Pair { get; }

    /// <inheritdoc/>
    public bool IsBounded => true;

    /// <inheritdoc/>
    public IReadOnlyList<string> Notes =>
    [
        .. new[] { _localBase?.Notes, _localAligned?.Notes, _servedBase?.Notes, _servedAligned?.Notes }
            .SelectMany(notes => notes ?? []).Distinct(),
    ];

    /// <inheritdoc/>
    public JsonObject Base => Manifest(_localBase, _servedBase, _settings.BaseDirectory);

    /// <inheritdoc/>
    public JsonObject Aligned => Manifest(_localAligned, _servedAligned, _settings.AlignedDirectory);

    /// <summary>Loads and connects.</summary>
    /// <param name="settings">At least one of its sides is behind a server.</param>
    /// <param name="say">Told what is waited for.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <param name="baseAnswers">Whether the base model will be asked for answers too.</param>
    /// <exception cref="UrialException">
    /// A model cannot be loaded, a server cannot be reached or cannot do what is asked, or the two are no pair.
    /// </exception>
    public static ServedEngine Connect(
        ShiftRunSettings settings, Action<string>? say, CancellationToken cancellation, bool baseAnswers = false)
    {
        LanguageModel? localBase = null, localAligned = null;
        ServedModel? servedBase = null, servedAligned = null;
        try
        {
            servedBase = Served(settings.BaseServer, settings.BaseDirectory, answers: baseAnswers);
            if (servedBase is { HasRanks: false, IsWhole: false, TopLogprobs: > 0 and < 3 })
                throw new UrialException($"{servedBase} tells no ranks, so that whether a token is among the first three shows in its list "
                    + "of the most probable tokens alone: ask for --top-logprobs 3 or more.");
            servedAligned = Served(settings.AlignedServer, settings.AlignedDirectory, answers: !settings.Written);
            localBase = servedBase is null ? Load(settings.BaseDirectory) : null;
            localAligned = servedAligned is null ? Load(settings.AlignedDirectory) : null;
            return new ServedEngine(settings, localBase, localAligned, servedBase, servedAligned);
        }
        catch
        {
            foreach (var open in new IDisposable?[] { localBase, localAligned, servedBase, servedAligned })
                open?.Dispose();
            throw;
        }

        ServedModel? Served(ServedModelSettings? server, string folder, bool answers) => server is null ? null
            : ServedModel.ConnectAsync(server, folder, scores: true, answers, say, cancellation).GetAwaiter().GetResult();

        LanguageModel Load(string folder) => settings.AdapterBase is { } under && ModelFolder.IsAdapter(folder)
            ? LanguageModel.Load(under, folder, settings.Precision) : LanguageModel.Load(folder, settings.Precision);
    }

    /// <inheritdoc/>
    public IReadOnlyList<ShiftOutcome> Run(PreparedQueries queries, ShiftOptions options, Action<RunStep>? progress, IShiftStore store,
        CancellationToken cancellation) => RunAsync(queries, options, progress, store, cancellation).GetAwaiter().GetResult();

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var open in new IDisposable?[] { _localBase, _localAligned, _servedBase, _servedAligned, _local })
            open?.Dispose();
    }

    private async Task<IReadOnlyList<ShiftOutcome>> RunAsync(
        PreparedQueries queries, ShiftOptions options, Action<RunStep>? progress, IShiftStore store, CancellationToken cancellation)
    {
        var (outcomes, prepared) = (queries.Outcomes.ToArray(), queries.Prepared);
        var given = _localAligned is null ? null
            : AnswerWriter.Write(_localAligned, [.. prepared.Select(p => p.Query)], options, progress, store);
        var (open, answered, scored) = (prepared.Count(p => p.Query.AnswerIds is null), 0, 0);
        var faults = new FaultsInARow(Width + 2);
        await Parallel.ForEachAsync(Enumerable.Range(0, prepared.Count),
            new ParallelOptions { MaxDegreeOfParallelism = Width, CancellationToken = cancellation }, async (i, token) =>
            {
                var (index, query) = prepared[i];
                try
                {
                    var written = given?[i] ?? await AnswerAsync(query, options, store, token).ConfigureAwait(false);
                    if (given is null && query.AnswerIds is null)
                        Tell(() => new RunStep("answering", ++answered, open));
                    outcomes[index] = ShiftOutcome.Of(query.Query,
                        await ScoreAsync(query, written, options.Top, store, token).ConfigureAwait(false));
                    faults.None();
                }
                catch (UrialException e) when (e is not WriteException)
                {
                    outcomes[index] = ShiftOutcome.Failed(query.Query, e.Message);
                    faults.Count(e);
                }
                Tell(() => new RunStep("scoring", ++scored, prepared.Count));
            }).ConfigureAwait(false);
        return [.. outcomes.Select(outcome => outcome!)];

        void Tell(Func<RunStep> step)
        {
            lock (_told)
                progress?.Invoke(step());
        }
    }

    private int Width => new[] { _servedBase, _servedAligned }.Max(served => served?.Concurrency ?? 1);

    private async Task<AnswerWriter.Written> AnswerAsync(
        PreparedQuery query, ShiftOptions options, IShiftStore store, CancellationToken cancellation)
    {
        if (query.AnswerIds is { } given)
            return new AnswerWriter.Written(given, AtStop: query.Query.EndedAtStop);
        if (store.Answered(query.Query.Id) is { } before)
            return before;
        var limit = Math.Min(options.MaxNewTokens, query.Room);
        var answer = await _servedAligned!.GenerateAsync(query.Aligned.Tokens, limit, cancellation: cancellation).ConfigureAwait(false);
        var written = AnswerWriter.Of(answer, limit, options, Pair.Tokenizer);
        if (written.Ids is not null)
            store.Keep(query.Query.Id, written);
        return written;
    }

    /// <summary>Lets the aligned model answer, or the base model, or either go on with an answer; it is told whole.</summary>
    /// <param name="query">The prompts.</param>
    /// <param name="question">Who answers: the base model where its blend is 0.</param>
    /// <param name="cancellation">Ends it.</param>
    public async Task<AnswerWriter.Written> SpeakAsync(PreparedQuery query, LiveQuestion question, CancellationToken cancellation)
    {
        var byBase = question.Blend == 0;
        var (prompt, served, local) = byBase ? (question.BaseTokens(query.Base), _servedBase, _localBase)
            : (query.Aligned.Tokens, _servedAligned, _localAligned);
        int[] begun = [.. question.AnswerIds];
        var limit = Math.Min(question.MaxNewTokens, query.Room);
        if (begun.Length >= limit)
            throw new UrialException($"The answer has {begun.Length} tokens already, and {limit} are the most here: cut it earlier, or "
                + "allow more.");
        if (begun.Length > 0 && (byBase ? Pair.Base : Pair.Aligned).EndIds.Contains(begun[^1]))
            return new AnswerWriter.Written(begun); // it ended with the token that was forced
        var behind = prompt with { Ids = [.. prompt.Ids, .. begun] };
        var more = served is not null
            ? await served.GenerateAsync(behind, limit - begun.Length, cancellation: cancellation).ConfigureAwait(false)
            : local!.GenerateBatch([behind], new GenerationOptions { MaxNewTokens = limit - begun.Length }, null)[0];
        var ids = more.TextIds(Pair.Tokenizer);
        return new AnswerWriter.Written([.. begun, .. ids], AtStop: more.EndsAtCut(ids));
    }

    /// <summary>The aligned model on both sides. It shares this engine's models: dispose of this one only.</summary>
    public ServedEngine AlignedTwice() => new(_settings, _localAligned, _localAligned, _servedAligned, _servedAligned);

    /// <summary>Scores an answer.</summary>
    public async Task<ShiftedAnswer> ScoreAsync(
        PreparedQuery query, AnswerWriter.Written written, int top, IShiftStore store, CancellationToken cancellation)
    {
        var (ids, _) = SharedAnswer.Of(Pair, written.IdsOrThrow());
        var shifts = store.Scored(query.Query.Id, ids) ?? await ShiftsAsync(query, ids, top, cancellation).ConfigureAwait(false);
        return ScoredAnswer.Of(Pair, query, written, store, _ => shifts);
    }

    private async Task<PositionShift[]> ShiftsAsync(PreparedQuery query, int[] ids, int top, CancellationToken cancellation)
    {
        var (basePrompt, alignedPrompt) = (query.Base.Tokens.Ids, query.Aligned.Tokens.Ids);
        var baseTask = _servedBase?.ScoreAsync(basePrompt, ids, cancellation);
        var alignedTask = _servedAligned?.ScoreAsync(alignedPrompt, ids, cancellation);
        await Task.WhenAll(new Task?[] { baseTask, alignedTask }.OfType<Task>()).ConfigureAwait(false);
        var (baseSays, alignedSays) = (baseTask?.Result, alignedTask?.Result);
        var ends = AnswerScorer.EosIds(Pair.Aligned, query.EndId);
        await _local.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            // Nothing is awaited in here: dispose scopes belong to the thread.
            using var scope = torch.NewDisposeScope();
            using var noGrad = torch.no_grad();
            using var baseReader = baseSays is null ? new AnswerLogits(_localBase!, "base", basePrompt, ids) : null;
            using var alignedReader = alignedSays is null ? new AnswerLogits(_localAligned!, "aligned", alignedPrompt, ids) : null;
            PositionShift[] shifts = [.. ids.Select((id, place) => ServedPosition.Of(
                Side(baseSays, baseReader, place, Pair.Base), Side(alignedSays, alignedReader, place, Pair.Aligned), place, id,
                ends.Contains(id), top))];
            return shifts.FirstOrDefault(shift => shift is { RankCensored: true, IsShifted: false }) is not { } unknown ? shifts
                : throw new UrialException(FormattableString.Invariant($"{Pair.Base} does not tell the rank of token {unknown.TokenId} at ")
                    + FormattableString.Invariant($"answer position {unknown.Position}, and too few tokens that are more probable: its ")
                    + "class is not known. Use a server that tells ranks (vLLM), or a larger --top-logprobs.");
        }
        finally
        {
            _local.Release();
        }
    }

    private static ServedSide Side(ServedDistribution[]? says, AnswerLogits? reader, int place, IPromptedModel model)
    {
        if (says is not null)
            return ServedSide.Of(says[place], model.ToString()!);
        using var row = reader!.Next(1); // [1, vocabulary]
        return ServedSide.Of([.. row.data<float>()]);
    }

    private static JsonObject Manifest(LanguageModel? local, ServedModel? served, string folder) =>
        served is null ? ModelManifest.Of(local!, folder) : ModelManifest.Of(served);
}
