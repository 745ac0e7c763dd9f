using System.Text;

namespace Urial;

/// <summary>
/// A BPE tokenizer from a <c>tokenizer.json</c>, byte-level or with byte fallback: the same ids and the same text as the Hugging Face
/// tokenizers library. A text goes through five stages: normaliser, pre-tokenizer, model, post-processor and, on the way back, decoder.
/// Safe to use from several threads.
/// </summary>
public sealed class HfTokenizer
{
    private readonly TokenTable _vocabulary;
    private readonly AddedTokenFinder? _rawTokens;
    private readonly AddedTokenFinder? _normalizedTokens;
    private readonly Func<string, string>? _normalizer;
    private readonly IPreTokenizer? _preTokenizer;
    private readonly BytePairEncoder _model;
    private readonly SequenceFrame _frame;
    private readonly IDecoder _decoder;
    private readonly string?[] _tokens; // [vocabulary] filled when they are asked for
    private readonly byte[]?[] _bytes; // [vocabulary] as well
    private readonly TokenText?[] _shown; // [vocabulary] as well
    private readonly bool[] _special; // [vocabulary]

    private HfTokenizer(FileLayers directory)
    {
        var streamed = new BpeReader();
        var json = new TokenizerJson(directory.File("tokenizer.json"), streamed);
        var config = TokenizerConfig.Load(directory);
        var reader = new TokenizerReader(json, streamed);
        _model = reader.Model();
        var added = reader.ReadAdded(config);
        _vocabulary = reader.Vocabulary;
        var stages = new StageReader(json);
        _normalizer = stages.Normalizer();
        _preTokenizer = stages.PreTokenizer(config.PrefixSpace);
        _frame = SequenceFrame.Read(json);
        if (config.Frame is var (bos, eos))
            _frame = new SequenceFrame(FrameIds(bos), FrameIds(eos));
        _decoder = stages.Decoder();
        Sha256 = ContentHash.Of(json.Bytes);

        _tokens = new string?[VocabularySize];
        _bytes = new byte[]?[VocabularySize];
        _shown = new TokenText?[VocabularySize];
        foreach (var id in _frame.Before.Concat(_frame.After))
            if (!Contains(id))
                throw json.Error($"puts the id {id} around a text, which is none of its {VocabularySize} tokens");

        _special = new bool[VocabularySize];
        foreach (var token in added)
            _special[token.Id] = token.Special;
        _rawTokens = Finder(added.Where(token => !token.Normalized).Select(token => (token.Content, token)));
        _normalizedTokens = Finder(added.Where(token => token.Normalized).Select(token => (Normalize(token.Content), token)));

        var names = SpecialTokenNames.Load(directory);
        EosId = names.Eos is null ? null : IdOf(names.Eos)
            ?? throw new UrialException(
                $"The tokenizer in {directory} ends sequences with \"{names.Eos}\", which tokenizer.json does not hold.");
        BosId = names.Bos is null ? null : IdOf(names.Bos);
        PadId = names.Pad is null ? null : IdOf(names.Pad);

        int[] FrameIds(string? name) => name is null ? []
            : IdOf(name) is { } id ? [id]
            : throw new UrialException($"The tokenizer in {directory} puts \"{name}\" around a text (add_bos_token and add_eos_token of "
                + "tokenizer_config.json), which tokenizer.json does not hold.");
    }

    /// <summary>Loads the tokenizer of a model folder in Hugging Face layout.</summary>
    /// <param name="directory">Holds tokenizer.json, and tokenizer_config.json or special_tokens_map.json for the roles of tokens.</param>
    /// <exception cref="UrialException">
    /// A file is missing, damaged or contradicts itself, or uses a component that is not supported.
    /// </exception>
    public static HfTokenizer Load(string directory) => new(directory);

    /// <summary>As the other, each file from the first folder that has it.</summary>
    internal static HfTokenizer Load(FileLayers folders) => new(folders);

    /// <summary>One more than the largest id.</summary>
    public int VocabularySize => _vocabulary.Size;

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
    public int[] Encode(string text, bool addSpecialTokens = false) => [.. Run(text, addSpecialTokens, added: null)];

    /// <summary>The ids of a text and the pieces that they are: what Hugging Face tokenizers call ids and tokens of an encoding.</summary>
    /// <inheritdoc cref="Encode"/>
    public EncodedText EncodePieces(string text, bool addSpecialTokens = false)
    {
        var added = new Dictionary<int, string>();
        var ids = Run(text, addSpecialTokens, added);
        return new EncodedText([.. ids],
            [.. ids.Select((id, position) => added.TryGetValue(position, out var piece) ? piece : RawToken(id))]);
    }

    /// <summary>The text of ids; bytes that are no character become U+FFFD.</summary>
    /// <param name="ids">Ids of this tokenizer.</param>
    /// <param name="skipSpecialTokens">Whether special tokens are left out.</param>
    /// <exception cref="UrialException">An id is outside the vocabulary.</exception>
    public string Decode(IReadOnlyList<int> ids, bool skipSpecialTokens = false)
    {
        var kept = ids.Where(id => !(skipSpecialTokens && IsSpecial(id)));
        if (_decoder is not ByteLevelDecoder)
            return string.Concat(_decoder.Decode([.. kept.Select(RawToken)]));
        // Its whole is the sum of its parts, which are kept.
        var bytes = new MemoryStream(4 * ids.Count);
        foreach (var id in kept)
            bytes.Write(Bytes(id));
        return Encoding.UTF8.GetString(bytes.GetBuffer(), 0, (int)bytes.Length);
    }

    /// <summary>A token as every view shows it.</summary>
    /// <exception cref="UrialException">The id is outside the vocabulary.</exception>
    public TokenText Token(int id) => _shown[Check(id)] ??= TokenText.Of(id, RawToken(id), Bytes(id), IsSpecial(id));

    /// <summary>The tokens of a sequence as every view shows them.</summary>
    /// <exception cref="UrialException">An id is outside the vocabulary.</exception>
    public TokenText[] Tokens(IReadOnlyList<int> ids) => [.. ids.Select(Token)];

    /// <summary>The characters of a sequence whose bytes lie in more than one token, in order.</summary>
    /// <exception cref="UrialException">An id is outside the vocabulary.</exception>
    public IReadOnlyList<SplitCharacter> SplitCharacters(IReadOnlyList<int> ids) =>
        SplitCharacter.Find([.. ids.Select(id => Bytes(id).ToArray())]);

    /// <summary>A token's spelling in the vocabulary: byte-level letters, ▁ for a space, or an added token's content.</summary>
    /// <exception cref="UrialException">The id is outside the vocabulary.</exception>
    public string RawToken(int id) => _tokens[Check(id)] ??= Encoding.UTF8.GetString(_vocabulary.Utf8(id));

    /// <summary>The bytes that a token stands for, wherever it stands: a space that begins a whole text counts as well.</summary>
    /// <exception cref="UrialException">The id is outside the vocabulary.</exception>
    public ReadOnlySpan<byte> Bytes(int id) => _bytes[Check(id)] ??= _decoder.Alone(new Spelling(RawToken(id))).ToBytes();

    /// <summary>The id of a token by its spelling in the vocabulary, or null.</summary>
    public int? IdOf(string token) => _vocabulary.Find(token) is >= 0 and var id ? id : null;

    /// <summary>Whether an id is a token's: a vocabulary may have holes.</summary>
    public bool Contains(int id) => _vocabulary.Contains(id);

    /// <summary>Whether an id is a special token's.</summary>
    /// <exception cref="UrialException">The id is outside the vocabulary.</exception>
    public bool IsSpecial(int id) => _special[Check(id)];

    // Notes for added tokens, by their position, the text that each was found as.
    private List<int> Run(string text, bool addSpecialTokens, Dictionary<int, string>? added)
    {
        var whole = Whole(text);
        var ids = new List<int>(whole.Length / 3 + 8);
        if (addSpecialTokens)
            ids.AddRange(_frame.Before);
        foreach (var (start, length, token) in Pieces(_rawTokens, whole))
            if (token is null)
                EncodePiece(Normalize(whole.Substring(start, length)), atStart: start == 0, ids, added);
            else
            {
                added?.Add(ids.Count, whole.Substring(start, length));
                ids.Add(token.Id);
            }
        if (addSpecialTokens)
            ids.AddRange(_frame.After);
        return ids;
    }

    private void EncodePiece(string normalized, bool atStart, List<int> ids, Dictionary<int, string>? added)
    {
        var words = new List<TextPiece>();
        foreach (var (start, length, token) in Pieces(_normalizedTokens, normalized))
        {
            if (token is not null)
            {
                added?.Add(ids.Count, normalized.Substring(start, length));
                ids.Add(token.Id);
                continue;
            }
            var piece = new TextPiece(normalized.AsMemory(start, length), atStart && start == 0);
            words.Clear();
            if (_preTokenizer is null)
                words.Add(piece);
            else
                _preTokenizer.Cut(piece, words);
            foreach (var word in words)
                _model.Encode(word.Text.Span, ids);
        }
    }

    private static AddedTokenFinder? Finder(IEnumerable<(string, AddedToken)> tokens) =>
        tokens.ToArray() is { Length: > 0 } some ? new AddedTokenFinder(some) : null;

    private static IEnumerable<(int Start, int Length, AddedToken? Token)> Pieces(AddedTokenFinder? finder, string text) =>
        finder is not null ? finder.Split(text) : text.Length > 0 ? [(0, text.Length, null)] : [];

    private string Normalize(string text) => _normalizer is null ? text : _normalizer(text);

    // Text with every lone surrogate replaced, as it would be in UTF-8.
    private static string Whole(string text) =>
        text.AsSpan().IndexOfAnyInRange('\uD800', '\uDFFF') < 0 ? text : Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));

    private int Check(int id) => Contains(id)
        ? id
        : throw new UrialException($"The id {id} is outside the vocabulary of {VocabularySize} tokens.");
}
