namespace Urial;

/// <summary>
/// The ids that the two models of a pair share, over which they are compared. An id is shared where both models have a row of logits for
/// it, and either both tokenizers have the same token there or neither has one: rows that pad both vocabularies alike count, as they do in
/// the paper's code. Left out are the rows that only one model has, and the ids that are a token in one tokenizer only.
/// </summary>
public sealed class SharedVocabulary
{
    private const int Named = 5; // ids of an error that are named one by one

    private readonly int[]? _ids; // rising; null: 0 to Count − 1
    private readonly int _baseSize;
    private readonly int _alignedSize;

    private SharedVocabulary(int[]? ids, int count, int baseSize, int alignedSize) =>
        (_ids, Count, _baseSize, _alignedSize) = (ids, count, baseSize, alignedSize);

    /// <summary>How many ids are shared.</summary>
    public int Count { get; }

    /// <summary>How many of the base model's ids are not shared.</summary>
    public int BaseLeftOut => _baseSize - Count;

    /// <summary>How many of the aligned model's ids are not shared.</summary>
    public int AlignedLeftOut => _alignedSize - Count;

    /// <summary>Whether both models have the same ids, so that none is left out.</summary>
    public bool IsWhole => BaseLeftOut == 0 && AlignedLeftOut == 0;

    /// <summary>Whether an id is shared.</summary>
    public bool Contains(int id) => _ids is null ? id >= 0 && id < Count : Array.BinarySearch(_ids, id) >= 0;

    /// <summary>The vocabulary of one model on both sides.</summary>
    internal static SharedVocabulary Whole(int size) => new(null, size, size, size);

    /// <summary>The ids that two models share.</summary>
    /// <exception cref="UrialException">An id is one token to the base model and another to the aligned one.</exception>
    internal static SharedVocabulary Of(IPromptedModel @base, IPromptedModel aligned)
    {
        var (baseSize, alignedSize) = (@base.VocabularySize, aligned.VocabularySize);
        var rows = Math.Min(baseSize, alignedSize);
        var (one, other) = (@base.Tokenizer, aligned.Tokenizer);
        if (one.Sha256 == other.Sha256)
            return new SharedVocabulary(null, rows, baseSize, alignedSize);
        // Files may differ in notes, templates or the order of fields; what counts is that every id is the same token.
        var shared = new List<int>(rows);
        var different = new List<int>();
        for (var id = 0; id < Math.Max(rows, Math.Max(one.VocabularySize, other.VocabularySize)); id++)
        {
            var (own, its) = (Raw(one, id), Raw(other, id));
            if (own is not null && its is not null && own != its)
                different.Add(id);
            else if (id < rows && own == its)
                shared.Add(id);
        }
        if (different.Count > 0)
            throw new UrialException(Difference(@base, aligned, different));
        var isPrefix = shared.Count == 0 || shared[^1] == shared.Count - 1;
        return new SharedVocabulary(isPrefix ? null : [.. shared], shared.Count, baseSize, alignedSize);
    }

    /// <summary>The shared ids where they are not simply 0 to <see cref="Count"/> − 1; null where they are.</summary>
    internal int[]? Scattered => _ids;

    /// <summary>The place of a shared id among the shared ones.</summary>
    internal int IndexOf(int id) => _ids is null ? id : Array.BinarySearch(_ids, id);

    /// <summary>The shared id at a place.</summary>
    internal int IdAt(int index) => _ids is null ? index : _ids[index];

    /// <summary>The ids of a model with so many rows that are not shared.</summary>
    internal long[] LeftOut(long rows) => [.. Enumerable.Range(0, (int)rows).Where(id => !Contains(id)).Select(id => (long)id)];

    private static string Difference(IPromptedModel @base, IPromptedModel aligned, List<int> different)
    {
        var id = different[0];
        var rest = different.Count - 1;
        var more = string.Join(", ", different.Skip(1).Take(Named));
        return FormattableString.Invariant($"The models are no pair: token {id} is \"{Raw(@base.Tokenizer, id)}\" in '{Place(@base)}' ")
            + $"and \"{Raw(aligned.Tokenizer, id)}\" in '{Place(aligned)}'"
            + (rest == 0 ? ". "
                : FormattableString.Invariant($", and {rest} more ids differ ({more}{(rest > Named ? ", …" : "")}). "))
            + "Choose a base model and its own aligned version.";
    }

    private static string Place(IPromptedModel model) => model is LanguageModel local ? local.Directory : $"{model}";

    private static string? Raw(HfTokenizer tokenizer, int id) => tokenizer.Contains(id) ? tokenizer.RawToken(id) : null;
}
