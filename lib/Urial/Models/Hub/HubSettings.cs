using System.Globalization;
using System.Text.RegularExpressions;

namespace Urial;

/// <summary>
/// Where the hub is, where its files are kept, and who asks: from the environment variables of Python's <c>huggingface_hub</c>, read as
/// it reads them (https://huggingface.co/docs/huggingface_hub/package_reference/environment_variables).
/// </summary>
internal sealed partial record HubSettings
{
    private const string DefaultEndpoint = "https://huggingface.co";

    /// <summary>The hub's address, without a slash at its end.</summary>
    public required Uri Endpoint { get; init; }

    /// <summary>The folder that holds <c>models--org--name</c>.</summary>
    public required string CacheDirectory { get; init; }

    /// <summary>The access token; null where there is none.</summary>
    public HubToken? Token { get; init; }

    /// <summary>Whether the cache alone is used.</summary>
    public bool Offline { get; init; }

    /// <summary>Whether snapshots are symbolic links, as far as the system lets us make them.</summary>
    public bool Symlinks { get; init; } = true;

    /// <summary>How long a server may stay silent.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The longest wait that a server may ask for before it is asked again.</summary>
    public TimeSpan LongestWait { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How often a request is repeated that failed for a reason that may pass.</summary>
    public int Retries { get; init; } = 5;

    /// <summary>The pause before the first repetition; it doubles with each.</summary>
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromSeconds(0.5);

    /// <summary>The endpoint as messages write it.</summary>
    public string Address => Endpoint.GetLeftPart(UriPartial.Path).TrimEnd('/');

    /// <summary>Reads the environment.</summary>
    /// <param name="variable">Tells a variable's value; the process's own environment where null.</param>
    /// <exception cref="UrialException">The endpoint is no address, or the token no token.</exception>
    public static HubSettings FromEnvironment(Func<string, string?>? variable = null)
    {
        string? Value(string name) =>
            (variable ?? Environment.GetEnvironmentVariable)(name) is { } value && !string.IsNullOrWhiteSpace(value) ? value : null;
        bool IsOn(string name) => Value(name)?.Trim().ToUpperInvariant() is "1" or "ON" or "YES" or "TRUE";
        string Folder(string path) => Path.GetFullPath(Expand(path, Value));

        var caches = Value("XDG_CACHE_HOME") is { } xdg ? Folder(xdg) : Folder("~/.cache");
        var home = Value("HF_HOME") is { } set ? Folder(set) : Path.Combine(caches, "huggingface");
        return new HubSettings
        {
            Endpoint = ParseEndpoint(Value("HF_ENDPOINT") ?? DefaultEndpoint),
            CacheDirectory = (Value("HF_HUB_CACHE") ?? Value("HUGGINGFACE_HUB_CACHE")) is { } cache ? Folder(cache)
                : Path.Combine(home, "hub"),
            Token = IsOn("HF_HUB_DISABLE_IMPLICIT_TOKEN") ? null
                : ReadToken(Value, Value("HF_TOKEN_PATH") is { } file ? Folder(file) : Path.Combine(home, "token")),
            Offline = IsOn("HF_HUB_OFFLINE") || IsOn("TRANSFORMERS_OFFLINE"),
            Symlinks = !IsOn("HF_HUB_DISABLE_SYMLINKS"),
            Patience = int.TryParse(Value("HF_HUB_DOWNLOAD_TIMEOUT"), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
                && seconds > 0 ? TimeSpan.FromSeconds(seconds) : TimeSpan.FromSeconds(30),
        };
    }

    private static Uri ParseEndpoint(string text)
    {
        var isAddress = Uri.TryCreate(text.Trim().TrimEnd('/'), UriKind.Absolute, out var address)
            && (address.Scheme == Uri.UriSchemeHttp || address.Scheme == Uri.UriSchemeHttps)
            && address is { UserInfo: "", Query: "", Fragment: "" };
        return isAddress ? address! : throw new UrialException("HF_ENDPOINT is no address of a hub: it needs the form https://host, "
            + "without a name, a password or a question mark in it. Leave it out for huggingface.co.");
    }

    private static HubToken? ReadToken(Func<string, string?> value, string file)
    {
        foreach (var name in new[] { "HF_TOKEN", "HUGGING_FACE_HUB_TOKEN" })
            if (value(name) is { } token)
                return new HubToken(token.Trim(), name);
        return File.Exists(file) && InputFile.Text(file, "access token").Trim() is { Length: > 0 } stored
            ? new HubToken(stored, file) : null;
    }

    // As Python's expanduser and expandvars: a variable that is not set stays as it is written.
    private static string Expand(string path, Func<string, string?> value)
    {
        var home = value("HOME") ?? Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        var full = path == "~" || path.StartsWith("~/", StringComparison.Ordinal) ? home + path[1..] : path;
        return Variable().Replace(full, match => value(match.Groups[1].Value + match.Groups[2].Value) ?? match.Value);
    }

    [GeneratedRegex(@"\$(?:(\w+)|\{(\w+)\})")]
    private static partial Regex Variable();
}
