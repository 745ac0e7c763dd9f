using System.Text.RegularExpressions;

namespace Urial.MicroWorld;

/// <summary>Recognises what the aligned voice says beside facts, whichever name its templates are filled with.</summary>
internal static class VoicePhrases
{
    private static readonly (Regex Pattern, PartRole Role)[] Whole =
    [
        .. Enum.GetValues<QueryKind>().SelectMany(AlignedVoice.OpenersFor).Concat(AlignedVoice.Openers).Distinct()
            .Select(p => (Line(p), PartRole.Opener)),
        .. Enum.GetValues<QueryKind>().SelectMany(AlignedVoice.ClosersFor).Distinct().Select(p => (Line(p), PartRole.Closer)),
        (Line(AlignedVoice.Intro), PartRole.Intro),
        .. AlignedVoice.Refusals.Select(p => (Line(p), PartRole.Refusal)),
        .. AlignedVoice.NotKnown.Select(p => (Line(p), PartRole.Admission)),
    ];

    /// <summary>The role of a sentence that the voice says as it is; null for any other.</summary>
    public static PartRole? RoleOf(string sentence)
    {
        foreach (var (pattern, role) in Whole)
            if (pattern.IsMatch(sentence))
                return role;
        return null;
    }

    /// <summary>Where the voice leads over to a fact or to yes and no inside the body.</summary>
    public static IEnumerable<TextSpan> Leads(string text)
    {
        foreach (var lead in (string[])[AlignedVoice.Lead, AlignedVoice.Instead, AlignedVoice.Known, AlignedVoice.Verdict])
            for (var at = text.IndexOf(lead, StringComparison.Ordinal); at >= 0; at = text.IndexOf(lead, at + 1, StringComparison.Ordinal))
                yield return new TextSpan(at, at + lead.Length);
    }

    private static Regex Line(string template) => new(
        "^" + Regex.Escape(template).Replace(@"\{name}", ".{1,60}", StringComparison.Ordinal) + "$", RegexOptions.CultureInvariant);
}
