using System.Buffers.Binary;
using System.Text;

namespace Urial;

/// <summary>
/// One requirement in an ELF library's <c>.gnu.version_r</c> section: "I need version V of library L".
/// </summary>
/// <remarks>
/// TorchSharp 0.107's <c>libLibTorchSharp.so</c> asks libstdc++ for GLIBCXX_3.4.32, which Debian 12 and Ubuntu 22.04
/// lack, for the sake of one symbol that is never relocated. The dynamic loader passes over a missing version whose
/// entry carries the weak flag (glibc, elf/dl-version.c), so setting that flag in our own copy is the whole cure.
/// </remarks>
internal static class ElfVersionNeed
{
    private const uint SectionGnuVerneed = 0x6ffffffe; // SHT_GNU_verneed, the gABI's Linux extension
    private const ushort FlagWeak = 0x2;               // VER_FLG_WEAK

    /// <summary>Sets the weak flag on every requirement named <paramref name="version"/> in a 64-bit little-endian ELF image.</summary>
    /// <param name="image">The whole file; changed in place.</param>
    /// <param name="version">The version's name, such as <c>GLIBCXX_3.4.32</c>.</param>
    /// <returns>How many entries were changed: 0 when the flag was set already or the version is not asked for.</returns>
    /// <exception cref="InvalidDataException">The image is not a 64-bit little-endian ELF file.</exception>
    public static int Weaken(Span<byte> image, string version)
    {
        if (image.Length < 64 || !image[..6].SequenceEqual<byte>([0x7f, (byte)'E', (byte)'L', (byte)'F', 2, 1]))
            throw new InvalidDataException("Not a 64-bit little-endian ELF file.");
        var sections = (int)ReadInt64(image, 0x28);
        int size = ReadUInt16(image, 0x3a), count = ReadUInt16(image, 0x3c), changed = 0;
        for (var i = 0; i < count; i++)
        {
            var header = sections + i * size;
            if (ReadUInt32(image, header + 4) != SectionGnuVerneed)
                continue;
            var names = (int)ReadInt64(image, sections + (int)ReadUInt32(image, header + 40) * size + 24); // sh_link → .dynstr
            changed += WeakenSection(image, (int)ReadInt64(image, header + 24), (int)ReadUInt32(image, header + 44), names, version);
        }
        return changed;
    }

    private static int WeakenSection(Span<byte> image, int need, int needs, int names, string version)
    {
        var changed = 0;
        for (; needs > 0; needs--, need += (int)ReadUInt32(image, need + 12))
        {
            var entry = need + (int)ReadUInt32(image, need + 8);
            for (int n = ReadUInt16(image, need + 2); n > 0; n--, entry += (int)ReadUInt32(image, entry + 12))
            {
                var flags = ReadUInt16(image, entry + 4);
                if ((flags & FlagWeak) != 0 || ReadName(image, names + (int)ReadUInt32(image, entry + 8)) != version)
                    continue;
                BinaryPrimitives.WriteUInt16LittleEndian(image[(entry + 4)..], (ushort)(flags | FlagWeak));
                changed++;
            }
        }
        return changed;
    }

    private static string ReadName(ReadOnlySpan<byte> image, int at) =>
        Encoding.ASCII.GetString(image.Slice(at, image[at..].IndexOf((byte)0)));

    private static ushort ReadUInt16(ReadOnlySpan<byte> image, int at) => BinaryPrimitives.ReadUInt16LittleEndian(image[at..]);

    private static uint ReadUInt32(ReadOnlySpan<byte> image, int at) => BinaryPrimitives.ReadUInt32LittleEndian(image[at..]);

    private static long ReadInt64(ReadOnlySpan<byte> image, int at) => BinaryPrimitives.ReadInt64LittleEndian(image[at..]);
}
