using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Urial;

/// <summary>What the token ids of a stored run stand for.</summary>
internal static class RunTokens
{
    /// <summary>
    /// The tokens of <c>tokens.jsonl</c>; in a run without it those of the model that the manifest names, where it lies there still; else
    /// those of the answers, from their spelling in the positions, so that a top token that stands in no answer has no name.
    /// </summary>
    /// <param name="folder">The run's folder.</param>
    /// <param name="manifest">Its manifest.</param>
    /// <param name="rows">Its positions.</param>
    /// <param name="stored">What <see cref="Stored"/> read.</param>
    /// <param name="notes">Gets a sentence where top tokens have no names.</param>
    /// <exception cref="UrialException">The file has not all tokens of the positions, or cannot be read.</exception>
    public static IReadOnlyDictionary<int, (TokenText Text, byte[] Bytes)> Of(
        string folder, JsonElement manifest, IReadOnlyList<(string Id, string Token, PositionShift Shift)> rows,
        IReadOnlyDictionary<int, (TokenText Text, byte[] Bytes)>? stored, List<string> notes)
    {
        if (stored is not null)
            return Fitting(Path.Combine(folder, TokensJsonl.FileName), stored, rows);
        if (Tokenizer(folder, manifest) is { } tokenizer)
            return Known(tokenizer, rows);
        notes.Add("The run has no tokens.jsonl, and its model is not here: tokens that stand in no answer are shown by their ids. Make it "
            + "again with `urial shift --tokens` to have their names.");
        return Spelt(rows);
    }

    /// <summary>The tokens of <c>tokens.jsonl</c>; null where the run has none.</summary>
    /// <param name="folder">The run's folder.</param>
    /// <param name="hashes">The hashes of its files.</param>
    /// <exception cref="UrialException">The file is missing, cannot be read, or is another than the manifest names.</exception>
    public static IReadOnlyDictionary<int, (TokenText Text, byte[] Bytes)>? Stored(string folder, JsonElement hashes)
    {
        if (!hashes.TryGetProperty(TokensJsonl.FileName, out _))
            return null;
        StoredShifts.CheckFiles(folder, hashes);
        return TokensJsonl.Read(Path.Combine(folder, TokensJsonl.FileName));
    }

    private static IReadOnlyDictionary<int, (TokenText Text, byte[] Bytes)> Fitting(string path,
        IReadOnlyDictionary<int, (TokenText Text, byte[] Bytes)> tokens, IReadOnlyList<(string Id, string Token, PositionShift Shift)> rows)
    {
        foreach (var (id, spelling, shift) in rows)
            if (!tokens.TryGetValue(shift.TokenId, out var token) || token.Text.Raw != spelling)
                throw new UrialException(FormattableString.Invariant($"{path} does not fit the positions beside it: it has ")
                    + (token.Text is null ? "no token" : $"another spelling of token")
                    + FormattableString.Invariant($" {shift.TokenId} ({spelling}), position {shift.Position} of answer {id}. The two are ")
                    + "not of one run: make it again, or restore it from git.");
        return tokens;
    }

    private static HfTokenizer? Tokenizer(string folder, JsonElement manifest)
    {
        var hash = RunPlaces.Text(manifest, "tokenizer_sha256");
        foreach (var place in new[] { "aligned", "base" }.SelectMany(side => RunPlaces.Of(folder, RunPlaces.Text(manifest, side, "path"))))
            try
            {
                if (File.Exists(Path.Combine(place, "tokenizer.json")) && HfTokenizer.Load(place) is var one && one.Sha256 == hash)
                    return one;
            }
            catch (UrialException)
            {
                continue; // another folder of that name, whose tokenizer is none of ours to complain about
            }
        return null;
    }

    /// <summary>The tokens of positions and of their most probable tokens, as a tokenizer has them.</summary>
    internal static Dictionary<int, (TokenText Text, byte[] Bytes)> Known(
        HfTokenizer tokenizer, IReadOnlyList<(string Id, string Token, PositionShift Shift)> rows) =>
        rows.SelectMany(row => row.Shift.BaseTop.Concat(row.Shift.AlignedTop).Select(top => top.Id).Append(row.Shift.TokenId)).Distinct()
            .Where(tokenizer.Contains)
            .ToDictionary(id => id, id => (tokenizer.Token(id), tokenizer.Bytes(id).ToArray()));

    private static Dictionary<int, (TokenText, byte[])> Spelt(IReadOnlyList<(string Id, string Token, PositionShift Shift)> rows)
    {
        // Byte-level vocabularies write a space as Ġ and a line end as Ċ, SentencePiece's a space as ▁.
        var byteLevel = rows.Any(row => row.Token.AsSpan().ContainsAny('Ġ', 'Ċ'));
        return rows.DistinctBy(row => row.Shift.TokenId).ToDictionary(row => row.Shift.TokenId, row =>
        {
            var bytes = (byteLevel ? ByteAlphabet.Decode(row.Token) : null) ?? Plain(row.Token);
            return (TokenText.Of(row.Shift.TokenId, row.Token, bytes, row.Shift.IsEos), bytes);
        });
    }

    private static byte[] Plain(string spelling) =>
        spelling is ['<', '0', 'x', _, _, '>'] && byte.TryParse(spelling.AsSpan(3, 2), NumberStyles.AllowHexSpecifier,
            CultureInfo.InvariantCulture, out var value) ? [value] : Encoding.UTF8.GetBytes(spelling.Replace('▁', ' '));
}
