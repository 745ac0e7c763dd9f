namespace Urial;

/// <summary>A text as a tokenizer sees it.</summary>
/// <param name="Ids">Its ids.</param>
/// <param name="Pieces">
/// The spelling of each: as the vocabulary has it, or, for an added token, as it was found, with the white space that it swallowed.
/// </param>
public sealed record EncodedText(IReadOnlyList<int> Ids, IReadOnlyList<string> Pieces);
