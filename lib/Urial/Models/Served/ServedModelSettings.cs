using System.Globalization;

namespace Urial;

/// <summary>
/// A model behind an OpenAI-compatible completions server (vLLM and its kin), and how it is asked. The key is that of the environment
/// variable <c>OPENAI_API_KEY</c>; it goes into the request's header and nowhere else.
/// </summary>
public sealed record ServedModelSettings
{
    /// <summary>The server's address, up to and including <c>/v1</c>.</summary>
    public required Uri Address { get; init; }

    /// <summary>The model's name at the server; null: the only one that it serves.</summary>
    public string? Model { get; init; }

    /// <summary>How many of the most probable tokens it is to tell at each position; −1: the whole vocabulary.</summary>
    public int TopLogprobs { get; init; } = 20;

    /// <summary>How many requests may be under way at once.</summary>
    public int Concurrency { get; init; } = 8;

    /// <summary>How long one request may take.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>How often a request is repeated that failed for a reason that may pass.</summary>
    public int Retries { get; init; } = 8;

    /// <summary>The pause before the first repetition; it doubles with each, more or less.</summary>
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromSeconds(0.5);

    /// <summary>The longest wait that a server may ask for before it is asked again.</summary>
    public TimeSpan LongestWait { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How long a server may take to start: large models are loaded for minutes.</summary>
    public TimeSpan StartPatience { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>The key; null: none is sent.</summary>
    internal string? Key { get; init; } =
        Environment.GetEnvironmentVariable("OPENAI_API_KEY") is { } key && !string.IsNullOrWhiteSpace(key) ? key.Trim() : null;

    /// <summary>The address as messages and manifests write it: without what stands behind a question mark, where some put keys.</summary>
    public string Shown => Address.GetLeftPart(UriPartial.Path).TrimEnd('/');

    /// <summary>What must appear in no message.</summary>
    internal IReadOnlyList<string> Secrets => ServerSecrets.Of(Address, Key);

    /// <summary>Settings for an address.</summary>
    /// <param name="address">Such as <c>http://localhost:8000/v1</c>.</param>
    /// <exception cref="UrialException">It is no address of a server.</exception>
    public static ServedModelSettings Of(string address) =>
        Uri.TryCreate(address.Trim(), UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && uri.UserInfo.Length == 0
            ? new ServedModelSettings { Address = uri }
            : throw new UrialException("A served model needs an http or https address without a password in it, up to and including /v1: "
                + "http://localhost:8000/v1. A key goes into the environment variable OPENAI_API_KEY.");

    /// <summary>Whether a text is meant as a server's address, and not as a folder or a hub id.</summary>
    public static bool IsAddress(string text) =>
        text.StartsWith("http://", StringComparison.OrdinalIgnoreCase) || text.StartsWith("https://", StringComparison.OrdinalIgnoreCase);

    /// <summary>Where a request goes.</summary>
    /// <param name="path">Such as <c>completions</c>.</param>
    internal Uri At(string path) => new($"{Shown}/{path}{Address.Query}");

    /// <summary>Checks the settings.</summary>
    /// <exception cref="UrialException">One cannot be used.</exception>
    public void Check()
    {
        if (TopLogprobs is not -1 and < 1)
            throw new UrialException(string.Create(CultureInfo.InvariantCulture,
                $"--top-logprobs is 1 or more, or −1 for the whole vocabulary, not {TopLogprobs}."));
        if (Concurrency < 1)
            throw new UrialException(string.Create(CultureInfo.InvariantCulture,
                $"The number of requests at once is 1 or more, not {Concurrency}."));
        if (Retries < 0 || Timeout <= TimeSpan.Zero || RetryDelay < TimeSpan.Zero)
            throw new UrialException("Retries and their pause are 0 or more, and the time that a request may take is above 0.");
        if (Key is { } key && key.Any(letter => letter is <= ' ' or > '~'))
            throw new UrialException("OPENAI_API_KEY holds spaces or characters that no key has. Set it again.");
    }

    /// <inheritdoc/>
    public override string ToString() => Model is null ? Shown : $"{Model} at {Shown}";
}
