using System.Text;

namespace Urial;

/// <summary>The tokens of a prompt, part by part.</summary>
public sealed class PromptCost
{
    private PromptCost(int leading, IReadOnlyList<(PromptPart Part, int Tokens)> parts) => (Leading, Parts) = (leading, parts);

    /// <summary>Special tokens put before the text.</summary>
    public int Leading { get; }

    /// <summary>The parts in order, each with its tokens. A token across a border counts for the part in which it begins.</summary>
    public IReadOnlyList<(PromptPart Part, int Tokens)> Parts { get; }

    /// <summary>All tokens: the length of <see cref="PromptText.Encode"/>.</summary>
    public int Total => Leading + Parts.Sum(part => part.Tokens);

    /// <summary>The tokens of all parts of a kind.</summary>
    public int Of(PromptPartKind kind) => Parts.Where(part => part.Part.Kind == kind).Sum(part => part.Tokens);

    /// <summary>The tokens of all examples, queries and answers.</summary>
    public int Examples => Parts.Where(part => part.Part.IsExample).Sum(part => part.Tokens);

    internal static PromptCost Of(PromptText prompt, HfTokenizer tokenizer)
    {
        var leading = prompt.SpellsSpecialTokens ? 0 : tokenizer.LeadingIds.Count;
        var ids = tokenizer.Encode(prompt.Text);
        // A tokenizer that rewrites its text (Unicode composition, a blank before it) moves the borders.
        var counts = ids.Sum(id => tokenizer.Bytes(id).Length) == Encoding.UTF8.GetByteCount(prompt.Text)
            ? ByPlace(prompt.Parts, ids, tokenizer)
            : ByPrefix(prompt.Parts, tokenizer);
        return new PromptCost(leading, [.. prompt.Parts.Zip(counts)]);
    }

    private static int[] ByPlace(IReadOnlyList<PromptPart> parts, int[] ids, HfTokenizer tokenizer)
    {
        var counts = new int[parts.Count];
        int part = 0, place = 0, end = Encoding.UTF8.GetByteCount(parts[0].Text);
        foreach (var id in ids)
        {
            while (place >= end)
                end += Encoding.UTF8.GetByteCount(parts[++part].Text);
            counts[part]++;
            place += tokenizer.Bytes(id).Length;
        }
        return counts;
    }

    private static int[] ByPrefix(IReadOnlyList<PromptPart> parts, HfTokenizer tokenizer)
    {
        var counts = new int[parts.Count];
        var (text, before) = ("", 0);
        for (var i = 0; i < counts.Length; i++)
        {
            text += parts[i].Text;
            var until = tokenizer.Encode(text).Length;
            (counts[i], before) = (until - before, until);
        }
        return counts;
    }
}
