namespace Urial;

/// <summary>
/// An OpenAI-compatible server: the hosted one, or vLLM, Ollama, the llama.cpp server, by the environment variables
/// <c>OPENAI_BASE_URL</c> and <c>OPENAI_API_KEY</c>. The key goes into the request's header and nowhere else.
/// </summary>
public sealed class JudgeEndpoint
{
    private static readonly Uri Hosted = new("https://api.openai.com/v1");

    // Local servers want some key in the header and do not look at it.
    private const string NoKey = "none";

    private readonly string? _key;

    private JudgeEndpoint(Uri address, string? key) => (Address, _key) = (address, key);

    /// <summary>The server's address, up to and including <c>/v1</c>.</summary>
    public Uri Address { get; }

    /// <summary>
    /// What must appear in no result: the key, unless it is a plain word such as EMPTY, which local servers take for one; and what stands
    /// behind the address's question mark, where some servers take keys.
    /// </summary>
    internal IReadOnlyList<string> Secrets => ServerSecrets.Of(Address, _key);

    /// <summary>Whether the environment names an endpoint or a key, so that a notebook can run live.</summary>
    public static bool IsConfigured => Variable("OPENAI_BASE_URL") is not null || Variable("OPENAI_API_KEY") is not null;

    /// <summary>The endpoint of an address, or of the environment.</summary>
    /// <param name="address">The address; null: <c>OPENAI_BASE_URL</c>, or else the hosted one.</param>
    /// <exception cref="UrialException">The address is none, or the hosted one lacks its key.</exception>
    public static JudgeEndpoint Configured(string? address = null)
    {
        var key = Variable("OPENAI_API_KEY");
        address ??= Variable("OPENAI_BASE_URL");
        if (address is null)
            return key is null
                ? throw new UrialException("There is no key for the hosted judge: set OPENAI_API_KEY, or name a server of your own with "
                    + "--endpoint or OPENAI_BASE_URL.")
                : new JudgeEndpoint(Hosted, key);
        if (!Uri.TryCreate(address, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https") || uri.UserInfo.Length > 0)
            throw new UrialException("The endpoint has to be an http or https address without a password in it, up to and including /v1: "
                + "http://localhost:11434/v1.");
        return new JudgeEndpoint(uri, key);
    }

    /// <summary>A judge at this endpoint.</summary>
    /// <param name="rubric">What is asked.</param>
    /// <param name="options">How it is asked; the key is added to its secrets.</param>
    /// <exception cref="UrialException">An option cannot be used.</exception>
    public LlmJudge Judge(JudgeRubric rubric, LlmJudgeOptions options)
    {
        options = Guarded(options);
        return new LlmJudge(Client(options), rubric, options);
    }

    /// <summary>A pairwise judge at this endpoint.</summary>
    /// <inheritdoc cref="Judge"/>
    public PairwiseJudge Pairwise(LlmJudgeOptions options)
    {
        options = Guarded(options);
        return new PairwiseJudge(Client(options), options);
    }

    private LlmJudgeOptions Guarded(LlmJudgeOptions options)
    {
        options.Check();
        return options with { Secrets = [.. options.Secrets, .. Secrets] };
    }

    private ChatServer Client(LlmJudgeOptions options) =>
        new(Address, _key ?? NoKey, options.Model, options.Timeout + TimeSpan.FromSeconds(5));

    private static string? Variable(string name) =>
        Environment.GetEnvironmentVariable(name) is { } value && !string.IsNullOrWhiteSpace(value) ? value.Trim() : null;
}
