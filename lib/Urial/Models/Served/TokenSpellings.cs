using System.Globalization;
using System.Text;

namespace Urial;

/// <summary>
/// The ways in which servers spell one token: the vocabulary's, the text of its bytes, the text of it alone. A text names a token only
/// where no other token is spelt so.
/// </summary>
internal sealed class TokenSpellings(HfTokenizer tokenizer)
{
    private const string IdPrefix = "token_id:"; // vLLM: return_tokens_as_token_ids
    private const char Broken = '�';        // stands for bytes that are no character
    private const int Several = -1;

    private readonly Lazy<Dictionary<string, int>> _ids = new(() => All(tokenizer));

    /// <summary>The id that is written out as a token; null where the token is written as text.</summary>
    public static int? WrittenId(string token) => token.StartsWith(IdPrefix, StringComparison.Ordinal)
        && int.TryParse(token.AsSpan(IdPrefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;

    /// <summary>The token of a text, or of an id that is written out; null where no token, or more than one, is spelt so.</summary>
    public int? IdOf(string token) =>
        WrittenId(token) ?? (_ids.Value.TryGetValue(token, out var id) && id != Several ? id : null);

    /// <summary>Whether a server's spelling may be that of a token. Bytes that are no character say nothing.</summary>
    public bool Fits(int id, string spelling)
    {
        if (WrittenId(spelling) is { } written)
            return written == id;
        if (!tokenizer.Contains(id))
            return true; // a head may be padded beyond the tokenizer
        if (spelling.Contains(Broken) || spelling.StartsWith("bytes:", StringComparison.Ordinal))
            return true;
        return Of(tokenizer, id).Any(own => own == spelling || own.Contains(Broken) || own.TrimStart() == spelling.TrimStart());
    }

    private static Dictionary<string, int> All(HfTokenizer tokenizer)
    {
        var ids = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var id = 0; id < tokenizer.VocabularySize; id++)
            if (tokenizer.Contains(id))
                foreach (var spelling in Of(tokenizer, id).Where(spelling => !spelling.Contains(Broken)).Distinct())
                    if (!ids.TryAdd(spelling, id))
                        ids[spelling] = Several;
        return ids;
    }

    private static IEnumerable<string> Of(HfTokenizer tokenizer, int id) =>
        [Encoding.UTF8.GetString(tokenizer.Bytes(id)), tokenizer.RawToken(id), tokenizer.Decode([id])];
}
