namespace Urial.MicroWorld;

/// <summary>
/// An answer taken apart into opener, intro, items, body and closer. What the known voice says (<see cref="VoicePhrases"/>) is
/// recognised word by word. Anything else goes by these rules: a part that states, refuses, admits, decides or explains is the
/// answer; what comes before the first and after the last of these is opener and closer where it stands on a line of its own
/// or is friendly; a line that ends on a colon right before a list is its intro. An answer in which nothing is stated has an
/// opener or closer only where the first or last part is friendly. What is friendly, says nothing and stands elsewhere keeps its place in
/// the body, as manner.
/// </summary>
public sealed class AnswerParts
{
    private static readonly ClaimReader Reader = new();

    private AnswerParts(Query query, string text, IReadOnlyList<AnswerPart> parts, IReadOnlyList<StatedFact> claims) =>
        (Query, Text, Parts, Claims) = (query, text, parts, claims);

    /// <summary>The query that it answers.</summary>
    public Query Query { get; }

    /// <summary>The answer.</summary>
    public string Text { get; }

    /// <summary>Its parts in order.</summary>
    public IReadOnlyList<AnswerPart> Parts { get; }

    /// <summary>What it claims.</summary>
    public IReadOnlyList<StatedFact> Claims { get; }

    /// <summary>Whether a part has a role.</summary>
    public bool Has(PartRole role) => Parts.Any(p => p.Role == role);

    /// <summary>Takes an answer apart.</summary>
    public static AnswerParts Of(Query query, string text)
    {
        var sentences = Sentences.Of(text);
        PartRole?[] voice = [.. sentences.Select(s => VoicePhrases.RoleOf(s.Of(text)))];
        TextSpan[] said = [.. sentences.Where((_, i) => voice[i] is PartRole.Opener or PartRole.Closer or PartRole.Intro)];
        var claims = Reader.Read(query, text, said);
        var bullets = Bullets.Find(text, sentences);
        var roles = new PartRole?[sentences.Count];
        for (var i = 0; i < roles.Length; i++)
            roles[i] = voice[i] ?? Plain(query, text, sentences[i], claims, bullets[i]);
        Frame(text, sentences, roles);
        return new AnswerParts(query, text, [.. sentences.Select(Part)], claims);

        AnswerPart Part(TextSpan span, int i) =>
            new(span, roles[i] ?? PartRole.Body, bullets[i], roles[i] is null && Friendliness.IsFriendly(span.Of(text)));
    }

    /// <summary>The role of a part by what it says; null where it says nothing.</summary>
    private static PartRole? Plain(Query query, string text, TextSpan span, IReadOnlyList<StatedFact> claims, int bullet)
    {
        var words = span.Of(text);
        if (words.Trim('`', '~', '"', '\'', '=', '-', ' ').Length == 0)
            return PartRole.Fence;
        if (bullet > 0)
            return PartRole.Item;
        if (Declining.Refuses(words, query.Kind == QueryKind.Comparison))
            return PartRole.Refusal;
        if (Declining.Admits(words))
            return PartRole.Admission;
        var explains = query.Facts.Any(f => ClaimReader.Explains(words, f.Entity.Class, f.Attribute));
        return claims.Any(c => span.Overlaps(c.Span)) || explains || Verdicts.Find(words) is not null ? PartRole.Body : null;
    }

    /// <summary>Gives the parts around the answer their roles.</summary>
    private static void Frame(string text, List<TextSpan> sentences, PartRole?[] roles)
    {
        static bool Answers(PartRole? role) => role is PartRole.Item or PartRole.Body or PartRole.Refusal or PartRole.Admission;
        var (first, last) = (Array.FindIndex(roles, Answers), Array.FindLastIndex(roles, Answers));
        bool Frames(int i) => Friendliness.IsFriendly(sentences[i].Of(text)) || first >= 0 && OwnLine(text, sentences[i]);
        for (var i = 0; i < roles.Length && (first < 0 || i < first); i++)
        {
            if (roles[i] is not null)
                continue;
            var leads = i + 1 < roles.Length && roles[i + 1] is PartRole.Item && text[sentences[i].End - 1] == ':';
            if (leads && (i > 0 || !Friendliness.IsFriendly(sentences[i].Of(text))))
                roles[i] = PartRole.Intro;
            else if (Frames(i))
                roles[i] = PartRole.Opener;
            else
                break;
        }
        for (var i = roles.Length - 1; i > 0 && i > last && (roles[i] is null or PartRole.Fence or PartRole.Closer); i--)
            if (roles[i] is null && Frames(i))
                roles[i] = PartRole.Closer;
            else if (roles[i] is null)
                break;
    }

    private static bool OwnLine(string text, TextSpan span) =>
        text[..span.Start].TrimEnd(' ') is "" or [.., '\n'] && text[span.End..].TrimStart(' ') is "" or ['\n', ..];
}
