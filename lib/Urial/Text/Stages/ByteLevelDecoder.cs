using System.Text;

namespace Urial;

/// <summary>Reads the letters of <see cref="ByteAlphabet"/> as bytes; a token that has others is written as it is.</summary>
internal sealed class ByteLevelDecoder : IDecoder
{
    /// <inheritdoc/>
    public List<string> Decode(List<string> tokens)
    {
        var bytes = new List<byte>();
        foreach (var token in tokens)
            bytes.AddRange(Bytes(token));
        return [Encoding.UTF8.GetString([.. bytes])];
    }

    /// <inheritdoc/>
    public Spelling Alone(Spelling token) => token.Bytes is null ? token with { Bytes = Bytes(token.Text) } : token;

    private static byte[] Bytes(string token) => ByteAlphabet.Decode(token) ?? Encoding.UTF8.GetBytes(token);
}
