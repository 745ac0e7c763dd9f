namespace Urial;

/// <summary>What a top token is called: by itself, else by its appearance in the answer, else by its id.</summary>
internal static class TokenNames
{
    /// <summary>The shown form of a top token of this answer.</summary>
    public static string Of(ShiftedAnswer answer, TopToken token) =>
        token.Shown ?? Array.Find(answer.Tokens, text => text.Id == token.Id)?.Shown ?? FormattableString.Invariant($"#{token.Id}");
}
