using System.Text;
using System.Text.Json;

namespace Urial;

/// <summary>
/// Reads a run that <c>urial shift --tokens</c> wrote back into the answers that it scored: shares, token views and everything else that
/// takes answers, without the models.
/// </summary>
public static class StoredShifts
{
    /// <summary>
    /// The answers of a run in the order in which they were scored. Their prompts are not stored (<see cref="ShiftedAnswer.BasePrompt"/>
    /// and <see cref="ShiftedAnswer.AlignedPrompt"/> are empty; the manifest has their hash and styles), so that they cannot be scored
    /// again.
    /// </summary>
    /// <param name="folder">The run's folder.</param>
    /// <param name="queries">
    /// What was asked, for the answers' queries and kinds, and for the parts of answers that were written
    /// (<see cref="ShiftQueries.ReadWritten"/>); null: all stay unknown.
    /// </param>
    /// <exception cref="UrialException">
    /// A file is missing, damaged or not the one that the manifest names, or an answer's query is not among those given.
    /// </exception>
    public static IReadOnlyList<ShiftedAnswer> Read(string folder, IReadOnlyList<ShiftQuery>? queries = null)
    {
        var manifest = InputFile.Json(Path.Combine(folder, "manifest.json"), "manifest");
        try
        {
            CheckFiles(folder, manifest.GetProperty("files_sha256"), PositionsParquet.FileName, TokensJsonl.FileName);
            var cut = manifest.GetProperty("not_ended").EnumerateArray().Select(id => id.GetString()!).ToHashSet(StringComparer.Ordinal);
            var tokens = TokensJsonl.Read(Path.Combine(folder, TokensJsonl.FileName));
            var asked = queries?.ToDictionary(query => query.Id, StringComparer.Ordinal);
            return
            [
                .. PositionsParquetReader.Read(Path.Combine(folder, PositionsParquet.FileName)).GroupBy(p => p.Id)
                    .Select(of => Answer(of.Key, [.. of.Select(p => p.Shift)], tokens, asked, !cut.Contains(of.Key))),
            ];
        }
        catch (Exception e) when (e is KeyNotFoundException or InvalidOperationException or ArgumentException)
        {
            throw new UrialException(
                $"{folder} holds no run as `urial shift --tokens` writes it ({e.Message}). Make it again, or restore it from git.", e);
        }
    }

    /// <summary>Holds the files of a run to their hashes in the manifest.</summary>
    /// <exception cref="UrialException">One that is needed is not named, or one that is named is missing or another.</exception>
    internal static void CheckFiles(string folder, JsonElement hashes, params IEnumerable<string> needs)
    {
        foreach (var needed in needs)
            if (!hashes.TryGetProperty(needed, out _))
                throw new UrialException($"The run in {folder} has no {needed}, which it is read from. Make it again with "
                    + "`urial shift --format parquet --tokens`.");
        foreach (var file in hashes.EnumerateObject())
            if (ContentHash.OfFile(Path.Combine(folder, file.Name), "file of a run") != file.Value.GetString())
                throw new UrialException($"{Path.Combine(folder, file.Name)} is not the file that the manifest beside it names: it was "
                    + "changed since. Make the run again, or restore the folder from git.");
    }

    /// <summary>One answer of a run.</summary>
    /// <exception cref="KeyNotFoundException">A position's token is not among the tokens.</exception>
    internal static ShiftedAnswer Answer(
        string id, PositionShift[] positions, IReadOnlyDictionary<int, (TokenText Text, byte[] Bytes)> tokens,
        Dictionary<string, ShiftQuery>? asked, bool ended)
    {
        var query = asked is null ? null : asked.TryGetValue(id, out var own) ? own
            : throw new UrialException($"The run has an answer to {id}, which is none of the {asked.Count} queries given.");
        int[] ids = [.. positions.Select(p => p.TokenId)];
        byte[][] spelling = [.. positions.Select(p => p.IsEos || tokens[p.TokenId].Text.IsSpecial ? [] : tokens[p.TokenId].Bytes)];
        return new ShiftedAnswer
        {
            Id = id,
            Query = query?.Query ?? "",
            Kind = query?.Kind,
            Ended = ended,
            BasePrompt = "",
            AlignedPrompt = "",
            AnswerIds = ids,
            Tokens = [.. ids.Select(token => tokens[token].Text)],
            Positions = positions.All(p => p.BaseTop.Concat(p.AlignedTop).All(top => top.Shown is not null)) ? positions
                : [.. positions.Select(p => p with { BaseTop = Named(p.BaseTop), AlignedTop = Named(p.AlignedTop) })],
            Text = Encoding.UTF8.GetString([.. spelling.SelectMany(bytes => bytes)]),
            Segments = query?.WrittenAnswer is { HasParts: true } example ? TokenSegments.Of(example, TokenSpans.Of(spelling)) : null,
        };

        TopToken[] Named(IReadOnlyList<TopToken> top) => [.. top.Select(token => token with { Shown = TopToken.Name(token.Id,
            tokens.TryGetValue(token.Id, out var known) ? known.Text : null) })];
    }
}
