using System.Text.Json;

namespace Urial;

/// <summary>A token that is found in the text before anything is split, as <c>added_tokens</c> of a tokenizer.json describes it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Content">How it is spelled.</param>
/// <param name="Special">Left out of a decoded text on request.</param>
/// <param name="SingleWord">Only where no letter, digit or underscore touches it.</param>
/// <param name="StripLeft">Swallows the white space before it.</param>
/// <param name="StripRight">Swallows the white space after it.</param>
/// <param name="Normalized">Looked for in the normalised text; otherwise in the text as it came.</param>
internal sealed record AddedToken(int Id, string Content, bool Special, bool SingleWord, bool StripLeft, bool StripRight, bool Normalized)
{
    /// <summary>Reads a token's flags.</summary>
    public static AddedToken Read(TokenizerJson json, JsonElement entry, int id) => new(id, json.Text(entry, "content"),
        json.Flag(entry, "special"), json.Flag(entry, "single_word"), json.Flag(entry, "lstrip"), json.Flag(entry, "rstrip"),
        json.Flag(entry, "normalized"));
}
