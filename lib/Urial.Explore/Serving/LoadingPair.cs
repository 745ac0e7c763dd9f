namespace Urial.Explore;

/// <summary>The pair while it is loaded: what the pages are told meanwhile, and what becomes of it.</summary>
internal sealed class LoadingPair
{
    private readonly Lock _lock = new();
    private string _said = "Loading the models …";
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Begins to load.</summary>
    /// <param name="pair">What is loaded.</param>
    /// <param name="say">Told too how far it is.</param>
    /// <param name="cancellation">Ends it.</param>
    public LoadingPair(ExplorePair pair, Action<string>? say, CancellationToken cancellation) => Opened = Task.Run(() =>
    {
        void Tell(string text)
        {
            Say(text);
            say?.Invoke(text);
        }
        var settings = pair.Settings(Tell, cancellation);
        var opened = new OpenPair(pair, settings, LivePair.Open(settings, Tell, cancellation));
        if (opened.Models.IsLocal)
            Warm(opened);
        return opened;
    }, CancellationToken.None);

    /// <summary>The pair, once it is there; or why it is not.</summary>
    public Task<OpenPair> Opened { get; }

    /// <summary>The pair.</summary>
    /// <exception cref="UrialException">It is not there yet, or will not be.</exception>
    public OpenPair Pair => Opened.IsCompleted ? Opened.GetAwaiter().GetResult()
        : throw new UrialException($"The models are still being loaded: {Said}");

    /// <summary>How far it is.</summary>
    public string Said
    {
        get
        {
            lock (_lock)
                return _said;
        }
    }

    /// <summary>Each new line of how far it is, until the pair is there or will not be.</summary>
    /// <param name="cancellation">Ends it.</param>
    public async IAsyncEnumerable<string> LinesAsync(
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        while (!Opened.IsCompleted)
        {
            string said;
            Task changed;
            lock (_lock)
                (said, changed) = (_said, _changed.Task);
            yield return said;
            await Task.WhenAny(changed, Opened).WaitAsync(cancellation).ConfigureAwait(false);
        }
    }

    // What the first question would wait for is done before: tokenizers are read, code is compiled, weights come from the disk.
    private static void Warm(OpenPair pair)
    {
        try
        {
            var question = new LiveQuestion
            {
                Conversation = [new ChatMessage("user", "What do you know?")],
                MaxNewTokens = 3,
                Top = Limits.Top,
            };
            var answer = pair.Labelled(pair.Models.Ask(question));
            AnswerJson.Answer(answer, pair.Models.Tokenizer);
            AnswerJson.Position(answer.Positions[0], pair.Models.Tokenizer);
        }
        catch (UrialException)
        {
            return; // whatever is wrong is said where a question meets it
        }
    }

    private void Say(string text)
    {
        TaskCompletionSource told;
        lock (_lock)
        {
            _said = text;
            (told, _changed) = (_changed, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        }
        told.SetResult();
    }
}
