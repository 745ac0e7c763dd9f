namespace Urial;

/// <summary>One step of a pre-tokenizer.</summary>
/// <param name="Splitter">Cuts a piece into words; null leaves it whole.</param>
/// <param name="PrefixSpace">Whether a piece that does not begin with a space is given one first.</param>
internal sealed record SplitStep(WordSplitter? Splitter, bool PrefixSpace);
