namespace Urial;

/// <summary>How a language model is asked. The temperature is 0, as in the paper's protocol, where the model takes one.</summary>
public sealed record LlmJudgeOptions
{
    /// <summary>The model's name, as its server knows it and as results carry it.</summary>
    public required string Model { get; init; }

    /// <summary>Whether no temperature is sent, so that the server's own is used; so it is, too, where the model refuses one.</summary>
    public bool ServerTemperature { get; init; }

    /// <summary>How often a call that failed is tried again: no connection, 408, 429, 5xx, time out, a cut or unreadable reply.</summary>
    public int Retries { get; init; } = 3;

    /// <summary>How long one call may take.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How many calls may be under way at once.</summary>
    public int Concurrency { get; init; } = 4;

    /// <summary>Stored replies, so that a rerun makes no calls; null: none are stored.</summary>
    public ReplayCache? Cache { get; init; }

    /// <summary>Words that must appear nowhere, such as the key: they are struck out of replies and errors.</summary>
    public IReadOnlyList<string> Secrets { get; init; } = [];

    /// <summary>Waits between two tries; tests replace it.</summary>
    public Func<TimeSpan, CancellationToken, Task> Wait { get; init; } = Task.Delay;

    /// <summary>Checks the settings.</summary>
    /// <exception cref="UrialException">One cannot be used.</exception>
    public void Check()
    {
        if (string.IsNullOrWhiteSpace(Model))
            throw new UrialException("A language-model judge needs the model's name: --judge-model NAME.");
        if (Retries < 0)
            throw new UrialException($"The number of retries is 0 or more, not {Retries}.");
        if (Timeout <= TimeSpan.Zero)
            throw new UrialException("The timeout is a number of seconds above 0.");
        if (Concurrency < 1)
            throw new UrialException($"The number of calls at once is 1 or more, not {Concurrency}.");
    }
}
