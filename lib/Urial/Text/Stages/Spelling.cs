using System.Text;

namespace Urial;

/// <summary>A token on its own, on its way through a decoder.</summary>
/// <param name="Text">Its text so far.</param>
/// <param name="Bytes">The bytes that it stands for, once these are known: they may be part of a character.</param>
internal readonly record struct Spelling(string Text, byte[]? Bytes = null)
{
    /// <summary>The bytes that the token stands for.</summary>
    public byte[] ToBytes() => Bytes ?? Encoding.UTF8.GetBytes(Text);
}
