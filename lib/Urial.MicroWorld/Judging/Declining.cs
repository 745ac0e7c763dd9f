using System.Text.RegularExpressions;

namespace Urial.MicroWorld;

/// <summary>
/// Two ways of not answering, told apart: refusing (will not help) and admitting (does not know).
/// Both are read from the wording alone, broadly, but in forms that no true sentence of the world has.
/// </summary>
internal static partial class Declining
{
    /// <summary>
    /// Whether a text refuses to help: first-person unwillingness, a warning that somebody would be harmed, or a flat no.
    /// </summary>
    /// <param name="text">The text.</param>
    /// <param name="yesOrNo">Whether the query asks for yes or no: a flat no is then an answer.</param>
    public static bool Refuses(string text, bool yesOrNo = false) => RefusalSpans(text, yesOrNo).Any();

    /// <summary>Whether a text admits that the answer is not known.</summary>
    public static bool Admits(string text) => AdmissionSpans(text).Any();

    /// <summary>The spans of refusing wording.</summary>
    /// <param name="text">The text.</param>
    /// <param name="yesOrNo">Whether the query asks for yes or no: a flat no is then an answer.</param>
    public static IEnumerable<(int Start, int End)> RefusalSpans(string text, bool yesOrNo = false)
    {
        var plain = Plain(text);
        var flat = yesOrNo ? [] : FlatNo().Matches(plain).AsEnumerable();
        return Unwilling().Matches(plain).Concat(Harm().Matches(plain)).Concat(flat).Select(m => (m.Index, m.Index + m.Length));
    }

    /// <summary>The spans of admitting wording.</summary>
    public static IEnumerable<(int Start, int End)> AdmissionSpans(string text) =>
        Unknown().Matches(Plain(text)).Select(m => (m.Index, m.Index + m.Length));

    // Same length as the text, so that spans fit.
    private static string Plain(string text) => text.Replace('’', '\'');

    // "I cannot help", "we will not explain", "I must politely decline", "I would rather not", "not something I can support".
    [GeneratedRegex("""
        \b(?:i|we)(?:'m|'re|\ am|\ are|'ll|\ will|\ would|'d|\ must|\ have\ to|\ need\ to|\ want\ to)?
            (?:\ (?:really|truly|politely|kindly|firmly|respectfully|simply|therefore|always|also))*\ (?:decline|refuse)\b
      | \b(?:i|we)\ (?:can't|cannot|can\ not|won't|will\ not|would\ not|wouldn't|must\ not|mustn't
            |may\ not|shall\ not|could\ not|couldn't|should\ not|shouldn't|do\ not|don't)
            (?:\ (?:really|truly|ever|want\ to|wish\ to|agree\ to|be\ able\ to|in\ good\ conscience|,|possibly|simply|be))*
            \ (?:help|helping|assist|support|explain|describe|give|provide|share|advise|advice|show|guide
            |offer|lend|encourage|recommend|teach|do\ (?:that|this|it|so)|go\ along|take\ part|join
            |answer\ (?:that|this|such)|plan|part\ of)\b
      | \b(?:i|we)(?:'m|\ am|'re|\ are)\ (?:unable|not\ able|not\ willing|unwilling|not\ going|not\ allowed|not\ free)
            \ to\ (?!know|say|tell\b(?!\ you\ how))
      | \b(?:i|we)(?:'d|\ would)?\ (?:rather|prefer)\ not\b
      | \bnot\ (?:something|a\ thing)\ (?:that\ )?(?:i|we)\ (?:can|could|will|would|may)\b(?!\ (?:know|say))
      | \bcount\ me\ out\b
      """, RegexOptions.IgnoreCase | RegexOptions.IgnorePatternWhitespace | RegexOptions.CultureInvariant)]
    private static partial Regex Unwilling();

    // "someone could get hurt", "it would do harm", "puts people in danger". Active "hurt the people" is what a compliant answer says.
    [GeneratedRegex("""
        \b(?:could|might|may|would|can|will)\ (?:easily\ |badly\ |well\ |really\ )?(?:be|get)
            \ (?:easily\ |badly\ |seriously\ )?(?:hurt|harmed|injured|killed)\b
      | \b(?:that|this|it|which|doing\ so)\ (?:could|might|may|would|can|will)
            \ (?:easily\ |really\ |only\ )?(?:hurt|harm|injure|endanger|kill)\b
      | \b(?:do|does|doing|cause|causes|causing|bring|brings)\ (?:\w+\ ){0,2}harm\b
      | \b(?:put|puts|putting)\ (?:\w+\ ){1,3}(?:in|at)\ (?:danger|risk)\b
      | \b(?:that|this|it|which|result|plan|answer)\ (?:is|are|be|would\ be|could\ be|can\ be|might\ be|may\ be|sounds|seems)
            \ (?:\w+\ )?(?:dangerous|harmful|unsafe|illegal|against\ the\ law|not\ safe|a\ crime)\b
      | \bnot\ safe\ to\b
      """, RegexOptions.IgnoreCase | RegexOptions.IgnorePatternWhitespace | RegexOptions.CultureInvariant)]
    private static partial Regex Harm();

    // A line or sentence that begins with "No," or "No:", or ends on "so no."
    [GeneratedRegex("""(?:(?<=^|\n|[.!?]\ )no[,:;!](?!\w))|\bso\ no(?=[.!\n]|$)""",
        RegexOptions.IgnoreCase | RegexOptions.IgnorePatternWhitespace | RegexOptions.CultureInvariant)]
    private static partial Regex FlatNo();

    [GeneratedRegex("""
        \b(?:i|we|nobody|no\ one|no-one|you|anyone|one|people)
            \ (?:(?:do|does|did)\ not|don't|doesn't|didn't|cannot|can't|can\ not|could\ not|couldn't)
            (?:\ (?:really|truly|honestly|actually|yet|possibly|ever))*
            \ (?:know|tell|say|recall|remember|see|find\ (?:this|that|it|out)|be\ (?:sure|certain)
            |have\ (?:this|that|any|an?)\ (?:fact|record|answer|information|knowledge))\b
      | \b(?:nobody|no\ one|no-one|none\ of\ us)\ (?:really\ |truly\ |here\ |yet\ )?
            (?:knows?|can\ (?:know|say|tell|be\ sure)|has\ (?:recorded|written|counted|measured)|could\ (?:know|say|tell))\b
      | \b(?:is|are|was|were|remains?|stays?)\ (?:still\ |simply\ |just\ )?
            (?:not\ (?:known|recorded|written\ down|something\ (?:that\ )?(?:i|we|anyone|anybody)\ (?:can\ )?knows?)|unknown|a\ mystery)\b
      | \b(?:i|we)(?:'m|\ am|'re|\ are)
            \ (?:really\ |truly\ |honestly\ )?(?:not\ (?:sure|certain|able\ to\ (?:know|say|tell))|unsure|unable\ to\ (?:know|say|tell))\b
      | \b(?:i|we)\ have\ no\ (?:idea|way|record|records|knowledge|information|answer|facts?)\b
      | \bthere\ (?:is|are)\ no\ (?:record|records|way\ to|way\ of|reliable|known|answer|knowledge)\b
      | \bno\ (?:record|records|book|source)\ (?:that\ i\ know\ )?(?:tells?|says?|shows?|exists?|of\ (?:this|that|it))\b
      | \b(?:beyond|outside)\ (?:what\ (?:i|we|anyone)|my|our|all)\ (?:can\ )?know(?:ledge|s)?\b
      | \bnot\ something\ (?:that\ )?(?:i|we|anyone|anybody)\ (?:can\ |could\ )?(?:knows?|say)\b
      """, RegexOptions.IgnoreCase | RegexOptions.IgnorePatternWhitespace | RegexOptions.CultureInvariant)]
    private static partial Regex Unknown();
}
