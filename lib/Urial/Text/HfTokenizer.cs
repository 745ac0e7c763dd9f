using System.Text;

namespace Urial;

/// <summary>
/// A byte-level BPE tokenizer from a <c>tokenizer.json</c>: the same ids and the same text as the Hugging Face tokenizers library.
/// Safe to use from several threads.
/// </summary>
public sealed class HfTokenizer
{
    private readonly BytePairEncoder _model;
    private readonly List<SplitStep> _steps;
    private readonly bool _normalizes;
    private readonly AddedTokenFinder? _rawTokens;
    private readonly AddedTokenFinder? _normalizedTokens;
    private readonly (int[] Before, int[] After) _frame;
    private readonly Dictionary<string, int> _ids;
    private readonly string?[] _tokens; // [vocabulary]
    private readonly byte[]?[] _bytes; // [vocabulary]
    private readonly bool[] _special; // [vocabulary]

    private HfTokenizer(string directory)
    {
        var json = new TokenizerJson(Path.Combine(directory, "tokenizer.json"));
        var reader = new TokenizerReader(json);
        _model = reader.Model();
        reader.ReadAdded();
        _normalizes = reader.Normalizes();
        _steps = reader.Steps();
        _frame = reader.Frame();
        reader.CheckDecoder();
        Sha256 = ContentHash.Of(json.Bytes);

        _ids = reader.Vocabulary;
        VocabularySize = _ids.Values.Max() + 1;
        // An id far beyond the number of tokens is a damaged file, not a vocabulary with a few holes.
        if (VocabularySize > 16 * _ids.Count + 1024)
            throw json.Error($"gives the id {VocabularySize - 1} to one of only {_ids.Count} tokens");
        _tokens = new string?[VocabularySize];
        _bytes = new byte[]?[VocabularySize];
        foreach (var (token, id) in _ids)
        {
            if (_tokens[id] is { } other)
                throw json.Error($"gives the id {id} to two tokens: \"{other}\" and \"{token}\"");
            _tokens[id] = token;
            // Added tokens may hold characters that stand for no byte; these are written as they are.
            _bytes[id] = ByteAlphabet.Decode(token) ?? Encoding.UTF8.GetBytes(token);
        }
        foreach (var id in _frame.Before.Concat(_frame.After))
            Check(id);

        _special = new bool[VocabularySize];
        foreach (var token in reader.Added)
            _special[token.Id] = token.Special;
        _rawTokens = Finder(reader.Added.Where(token => !token.Normalized).Select(token => (token.Content, token)));
        _normalizedTokens = Finder(reader.Added.Where(token => token.Normalized).Select(token => (Normalize(token.Content), token)));

        var names = SpecialTokenNames.Load(directory);
        EosId = names.Eos is null ? null : IdOf(names.Eos)
            ?? throw new UrialException(
                $"The tokenizer in {directory} ends sequences with \"{names.Eos}\", which tokenizer.json does not hold.");
        BosId = names.Bos is null ? null : IdOf(names.Bos);
        PadId = names.Pad is null ? null : IdOf(names.Pad);
    }

    /// <summary>Loads the tokenizer of a model folder in Hugging Face layout.</summary>
    /// <param name="directory">Holds tokenizer.json, and tokenizer_config.json or special_tokens_map.json for the roles of tokens.</param>
    /// <exception cref="UrialException">
    /// A file is missing, damaged or contradicts itself, or uses a component that is not supported.
    /// </exception>
    public static HfTokenizer Load(string directory) => new(directory);

    /// <summary>One more than the largest id.</summary>
    public int VocabularySize { get; }

    /// <summary>Id of the token that ends a sequence, where the tokenizer names one.</summary>
    public int? EosId { get; }

    /// <summary>Id of the token that begins a sequence, where the tokenizer names one.</summary>
    public int? BosId { get; }

    /// <summary>Id of the token that fills a batch, where the tokenizer names one.</summary>
    public int? PadId { get; }

    /// <summary>The special tokens that it puts before every text: a beginning of sequence in many families, none in others.</summary>
    public IReadOnlyList<int> LeadingIds => _frame.Before;

    /// <summary>SHA-256 of tokenizer.json, in lower-case hexadecimal.</summary>
    public string Sha256 { get; }

    /// <summary>The ids of a text. Added tokens that are spelled out in it become themselves.</summary>
    /// <param name="text">Any text; a lone surrogate counts as U+FFFD.</param>
    /// <param name="addSpecialTokens">Whether the post-processor's tokens (a beginning of sequence, say) are put around it.</param>
    public int[] Encode(string text, bool addSpecialTokens = false)
    {
        var whole = Whole(text);
        var ids = new List<int>(whole.Length / 3 + 8);
        if (addSpecialTokens)
            ids.AddRange(_frame.Before);
        foreach (var (start, length, token) in Pieces(_rawTokens, whole))
            if (token is not null)
                ids.Add(token.Id);
            else
                EncodePiece(Normalize(whole.Substring(start, length)), ids);
        if (addSpecialTokens)
            ids.AddRange(_frame.After);
        return [.. ids];
    }

    /// <summary>The text of ids; bytes that are no character become U+FFFD.</summary>
    /// <param name="ids">Ids of this tokenizer.</param>
    /// <param name="skipSpecialTokens">Whether special tokens are left out.</param>
    /// <exception cref="UrialException">An id is outside the vocabulary.</exception>
    public string Decode(IReadOnlyList<int> ids, bool skipSpecialTokens = false)
    {
        var bytes = new MemoryStream(4 * ids.Count);
        foreach (var id in ids)
            if (!(skipSpecialTokens && IsSpecial(id)))
                bytes.Write(Bytes(id));
        return Encoding.UTF8.GetString(bytes.GetBuffer(), 0, (int)bytes.Length);
    }

    /// <summary>A token as every view shows it.</summary>
    /// <exception cref="UrialException">The id is outside the vocabulary.</exception>
    public TokenText Token(int id) => TokenText.Of(id, RawToken(id), Bytes(id), IsSpecial(id));

    /// <summary>The tokens of a sequence as every view shows them.</summary>
    /// <exception cref="UrialException">An id is outside the vocabulary.</exception>
    public TokenText[] Tokens(IReadOnlyList<int> ids) => [.. ids.Select(Token)];

    /// <summary>The characters of a sequence whose bytes lie in more than one token, in order.</summary>
    /// <exception cref="UrialException">An id is outside the vocabulary.</exception>
    public IReadOnlyList<SplitCharacter> SplitCharacters(IReadOnlyList<int> ids) =>
        SplitCharacter.Find([.. ids.Select(id => Bytes(id).ToArray())]);

    /// <summary>A token's spelling in the vocabulary: byte-level letters, or an added token's content.</summary>
    /// <exception cref="UrialException">The id is outside the vocabulary.</exception>
    public string RawToken(int id) => _tokens[Check(id)]!;

    /// <summary>The bytes that a token stands for.</summary>
    /// <exception cref="UrialException">The id is outside the vocabulary.</exception>
    public ReadOnlySpan<byte> Bytes(int id) => _bytes[Check(id)];

    /// <summary>The id of a token by its spelling in the vocabulary, or null.</summary>
    public int? IdOf(string token) => _ids.TryGetValue(token, out var id) ? id : null;

    /// <summary>Whether an id is a token's: a vocabulary may have holes.</summary>
    public bool Contains(int id) => id >= 0 && id < VocabularySize && _tokens[id] is not null;

    /// <summary>Whether an id is a special token's.</summary>
    /// <exception cref="UrialException">The id is outside the vocabulary.</exception>
    public bool IsSpecial(int id) => _special[Check(id)];

    private void EncodePiece(string normalized, List<int> ids)
    {
        foreach (var (start, length, token) in Pieces(_normalizedTokens, normalized))
            if (token is not null)
                ids.Add(token.Id);
            else
                EncodeWords(normalized.AsSpan(start, length), 0, ids);
    }

    private void EncodeWords(ReadOnlySpan<char> piece, int step, List<int> ids)
    {
        if (step == _steps.Count)
        {
            _model.Encode(piece, ids);
            return;
        }
        var (splitter, prefixSpace) = _steps[step];
        if (prefixSpace && !piece.StartsWith(' '))
            piece = string.Concat(" ", piece);
        if (splitter is null)
            EncodeWords(piece, step + 1, ids);
        else
            foreach (var word in splitter.Split(piece))
                EncodeWords(piece[word], step + 1, ids);
    }

    private static AddedTokenFinder? Finder(IEnumerable<(string, AddedToken)> tokens) =>
        tokens.ToArray() is { Length: > 0 } some ? new AddedTokenFinder(some) : null;

    private static IEnumerable<(int Start, int Length, AddedToken? Token)> Pieces(AddedTokenFinder? finder, string text) =>
        finder is not null ? finder.Split(text) : text.Length > 0 ? [(0, text.Length, null)] : [];

    private string Normalize(string text) => _normalizes ? Nfc.Normalize(text) : text;

    // Text with every lone surrogate replaced, as it would be in UTF-8.
    private static string Whole(string text) =>
        text.AsSpan().IndexOfAnyInRange('\uD800', '\uDFFF') < 0 ? text : Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));

    private int Check(int id) => Contains(id)
        ? id
        : throw new UrialException($"The id {id} is outside the vocabulary of {VocabularySize} tokens.");
}
