using System.Text.Json;

namespace Urial;

/// <summary>
/// Makes the stages before and after the model from a tokenizer.json, each by its <c>type</c>. A stage or an option that is not known
/// is refused by name. Source of what each does: Hugging Face tokenizers 0.22.
/// </summary>
internal sealed class StageReader(TokenizerJson json)
{
    // \w of Rust's regular expressions, which is not quite Oniguruma's.
    private const string Word = @"\p{L}\p{M}\p{Nd}\p{Nl}\p{Pc}\u24B6-\u24E9\u200C\u200D";

    /// <summary>The normaliser; null where there is none.</summary>
    public Func<string, string>? Normalizer() =>
        json.FindObject(json.Root, "normalizer") is { } part ? Normalizer(part) : null;

    /// <summary>The pre-tokenizer; null where there is none.</summary>
    /// <param name="prefixSpace">Whether a ByteLevel that stands alone adds a space before pieces; null leaves it to the file.</param>
    public IPreTokenizer? PreTokenizer(bool? prefixSpace) =>
        json.FindObject(json.Root, "pre_tokenizer") is { } part ? PreTokenizer(part, prefixSpace) : null;

    /// <summary>The decoder.</summary>
    public IDecoder Decoder()
    {
        if (json.FindObject(json.Root, "decoder") is not { } part)
            throw json.Unsupported("the decoder", "none");
        // Text that is spelled in bytes only on one of its two ways would come back as something else.
        if (Types("decoder", "decoders").Contains("ByteLevel") && !Types("pre_tokenizer", "pretokenizers").Contains("ByteLevel")
            && !Types("normalizer", "normalizers").Contains("ByteLevel"))
            throw json.Unsupported("with the decoder ByteLevel the pre-tokenizer", Types("pre_tokenizer", "pretokenizers") switch
            {
                [] => "none",
                [var one] => one,
                _ => "Sequence without ByteLevel",
            });
        return Decoder(part);
    }

    private Func<string, string> Normalizer(JsonElement part)
    {
        switch (json.Text(part, "type"))
        {
            case "Sequence":
                var steps = json.List(part, "normalizers").Select(Normalizer).ToArray();
                return text => steps.Aggregate(text, (normalized, step) => step(normalized));
            case "NFC":
                return UnicodeForms.C;
            case "NFD":
                return UnicodeForms.D;
            case "NFKC":
                return UnicodeForms.KC;
            case "NFKD":
                return UnicodeForms.KD;
            case "Lowercase":
                return TextRewriting.Lowercase;
            case "StripAccents":
                return TextRewriting.WithoutMarks;
            case "Nmt":
                return TextRewriting.WithoutControls;
            case "ByteLevel":
                return ByteAlphabet.Encode;
            case "Replace":
                return Replace(part).Replace;
            case "Prepend":
                var prefix = json.Text(part, "prepend");
                return text => text.Length == 0 ? text : prefix + text;
            case "Strip":
                var (left, right) = (json.Flag(part, "strip_left"), json.Flag(part, "strip_right"));
                return text => (left, right) switch
                {
                    (true, true) => text.Trim(),
                    (true, false) => text.TrimStart(),
                    (false, true) => text.TrimEnd(),
                    _ => text,
                };
            case var type:
                throw json.Unsupported("the normalizer", type);
        }
    }

    private IPreTokenizer PreTokenizer(JsonElement part, bool? prefixSpace = null)
    {
        switch (json.Text(part, "type"))
        {
            case "Sequence":
                return new PreTokenizerSequence([.. json.List(part, "pretokenizers").Select(step => PreTokenizer(step))]);
            case "ByteLevel":
                var words = json.Flag(part, "use_regex", missing: true)
                    ? new Splitter(Expression("the expression of ByteLevel", ByteLevelSplit.Words), SplitBehavior.Isolated)
                    : null;
                return new ByteLevelSplit(words, prefixSpace ?? json.Flag(part, "add_prefix_space", missing: true));
            case "Split":
                return new Splitter(Pattern(part, "the Split expression"), Behavior(part), json.Flag(part, "invert"));
            case "Digits":
                return new Splitter(Expression("the expression", @"\p{N}"),
                    json.Flag(part, "individual_digits") ? SplitBehavior.Isolated : SplitBehavior.Contiguous);
            case "Whitespace":
                return new Splitter(Expression("the expression", $"[{Word}]+|[^{Word}\\s]+"), SplitBehavior.Removed, invert: true);
            case "WhitespaceSplit":
                return new Splitter(Expression("the expression", @"\s"), SplitBehavior.Removed);
            case "Punctuation":
                return new Splitter(Expression("the expression", @"[\p{P}$+<=>^`|~]"),
                    json.Find(part, "behavior") is null ? SplitBehavior.Isolated : Behavior(part));
            case "Metaspace":
                return new MetaspaceSplit(json.Text(part, "replacement"), Scheme(part), json.Flag(part, "split", missing: true));
            case var type:
                throw json.Unsupported("the pre-tokenizer", type);
        }
    }

    private IDecoder Decoder(JsonElement part)
    {
        switch (json.Text(part, "type"))
        {
            case "Sequence":
                return new DecoderSequence([.. json.List(part, "decoders").Select(Decoder)]);
            case "ByteLevel":
                return new ByteLevelDecoder();
            case "ByteFallback":
                return new ByteFallbackDecoder();
            case "Fuse":
                return new FuseDecoder();
            case "Replace":
                return Replace(part);
            case "Metaspace":
                return new MetaspaceDecoder(json.Text(part, "replacement"), Scheme(part));
            case "Strip":
                return json.Text(part, "content") is [var letter]
                    ? new StripDecoder(letter, json.Number(part, "start"), json.Number(part, "stop"))
                    : throw json.Unsupported("the decoder Strip with", json.Text(part, "content"));
            case var type:
                throw json.Unsupported("the decoder", type);
        }
    }

    private ReplaceStage Replace(JsonElement part) => new(Pattern(part, "the Replace expression"), json.Text(part, "content"));

    private IPattern Pattern(JsonElement part, string what)
    {
        var pattern = json.FindObject(part, "pattern") ?? throw json.Error($"has a {json.Text(part, "type")} without a pattern");
        return json.FindText(pattern, "Regex") is { } expression
            ? Expression(what, expression)
            : new LiteralPattern(json.Text(pattern, "String"));
    }

    private RegexPattern Expression(string what, string expression)
    {
        try
        {
            return new RegexPattern(expression);
        }
        catch (NotSupportedException problem)
        {
            throw json.Unsupported(what, problem.Message);
        }
    }

    private SplitBehavior Behavior(JsonElement part) =>
        Enum.TryParse<SplitBehavior>(json.Text(part, "behavior"), out var known) && Enum.IsDefined(known)
            ? known
            : throw json.Unsupported("the Split behaviour", json.Text(part, "behavior"));

    private PrependScheme Scheme(JsonElement part)
    {
        var scheme = json.FindText(part, "prepend_scheme") switch
        {
            null or "always" => PrependScheme.Always,
            "first" => PrependScheme.First,
            "never" => PrependScheme.Never,
            var other => throw json.Unsupported("the Metaspace prepend_scheme", other),
        };
        return scheme == PrependScheme.Never || json.Flag(part, "add_prefix_space", missing: true)
            ? scheme
            : throw json.Error("contradicts itself: its Metaspace has add_prefix_space off and a prepend_scheme other than never");
    }

    // The types of a stage, those of a sequence one by one.
    private string[] Types(string stage, string children)
    {
        return json.FindObject(json.Root, stage) is { } root ? [.. Of(root)] : [];

        IEnumerable<string> Of(JsonElement part) => json.Text(part, "type") is var type && type == "Sequence"
            ? json.List(part, children).SelectMany(Of)
            : [type];
    }
}
