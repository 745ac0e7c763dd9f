using System.Globalization;
using System.Text;

namespace Urial;

/// <summary>Reads tokens such as <c>&lt;0xE2&gt;</c> as bytes. A run of them that is no UTF-8 becomes one U+FFFD for each byte.</summary>
internal sealed class ByteFallbackDecoder : IDecoder
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <inheritdoc/>
    public List<string> Decode(List<string> tokens)
    {
        var texts = new List<string>(tokens.Count);
        var run = new List<byte>();
        foreach (var token in tokens)
            if (Byte(token) is { } value)
                run.Add(value);
            else
            {
                Flush();
                texts.Add(token);
            }
        Flush();
        return texts;

        void Flush()
        {
            if (run.Count > 0)
                texts.Add(Text([.. run]));
            run.Clear();
        }
    }

    /// <inheritdoc/>
    public Spelling Alone(Spelling token) =>
        token.Bytes is null && Byte(token.Text) is { } value ? token with { Bytes = [value] } : token;

    private static string Text(byte[] bytes)
    {
        try
        {
            return Strict.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            return new string('\uFFFD', bytes.Length);
        }
    }

    private static byte? Byte(string token) => token is ['<', '0', 'x', _, _, '>']
        && byte.TryParse(token.AsSpan(3, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value) ? value : null;
}
