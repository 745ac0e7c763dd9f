using System.Net.Http.Headers;

namespace Urial;

/// <summary>An access token of the hub. It shows where it is from, and never itself.</summary>
internal sealed class HubToken
{
    private readonly string _value;

    /// <summary>A token.</summary>
    /// <param name="value">The token.</param>
    /// <param name="source">Where it is from: the variable or the file.</param>
    /// <exception cref="UrialException">It holds characters that no token has.</exception>
    public HubToken(string value, string source)
    {
        if (value.Any(letter => letter is <= ' ' or > '~'))
            throw new UrialException($"The access token in {source} holds spaces or characters that no token has. Copy it again from the "
                + "hub's page Settings, Access Tokens.");
        (_value, Source) = (value, source);
    }

    /// <summary>Where it is from.</summary>
    public string Source { get; }

    /// <summary>What a request to the hub carries, and a request to any other host never.</summary>
    public AuthenticationHeaderValue Header => new("Bearer", _value);

    /// <summary>Where it is from.</summary>
    public override string ToString() => $"the token in {Source}";
}
