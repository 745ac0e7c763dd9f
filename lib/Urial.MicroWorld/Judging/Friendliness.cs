using System.Text.RegularExpressions;

namespace Urial.MicroWorld;

/// <summary>Words by which an answer turns to its reader.</summary>
internal static partial class Friendliness
{
    /// <summary>Whether a text turns to its reader: it praises, greets, thanks, wishes, offers or delights.</summary>
    public static bool IsFriendly(string text) => Pattern().IsMatch(text);

    // "Great" or "good" alone also stand in names and facts (Great Pyramid), so they count before a question or thinking only.
    [GeneratedRegex("""
        \b(?:hope|hopefully|wish|wishing|glad|gladly|happy\ to|happily|thanks(?!\ to\b)|thank\ you|welcome|friends?|dear|please
        |delight(?:ed|ful)?|pleasure|enjoy
        |curious|wonderful|lovely|hello|hi\ there|cheers|certainly|of\ course|sure\ thing
        |absolutely|my\ honor|a\ joy|joy\ to|smile|have\ fun|take\ care
        |good\ (?:question|thinking|morning|evening|day|luck)
        |(?:great|excellent|nice|fine|wise|interesting|fantastic|thoughtful)\ (?:question|thing|one|topic|that)
        |feel\ free|let\ me\ know|tell\ me\ if|ask\ (?:me|again|away|more)|write\ to\ me
        |i\ (?:like|love|would\ love)|you\ asked|you\ ask|any(?:thing)?\ (?:else|more)
        |stay\ curious|keep\ on|best\ wishes|talk\ again|another\ one|come\ back|good\ start|at\ your\ service|kind\ visit)\b
        """, RegexOptions.IgnoreCase | RegexOptions.IgnorePatternWhitespace | RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();
}
