using System.Text;
using System.Text.RegularExpressions;

namespace Urial;

/// <summary>Reads a prompt file in the layouts of Re-Align/URIAL, urial_prompts/. Every fault is told with file and line.</summary>
/// <param name="text">The file's text, line breaks as LF.</param>
/// <param name="file">Its path or name.</param>
internal sealed partial class PromptFileReader(string text, string file)
{
    private const string Fence = "```";

    /// <summary>A file's text; line breaks become LF, as Python reads them.</summary>
    /// <exception cref="UrialException">It cannot be read, or is not UTF-8.</exception>
    public static string Load(string path)
    {
        try
        {
            return Lines(JsonText.Decode(InputFile.Bytes(path, "prompt file")));
        }
        catch (DecoderFallbackException problem)
        {
            throw new UrialException($"The prompt file {path} is not UTF-8 (byte {problem.Index}): save it as UTF-8.", problem);
        }
    }

    /// <summary>The text with its line breaks as LF.</summary>
    public static string Lines(string text) => text.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n');

    /// <summary>The prompt.</summary>
    /// <exception cref="UrialException">The file is no prompt.</exception>
    public UrialPrompt Read()
    {
        if (text.StartsWith('\ufeff'))
            throw Fault(1, "the file begins with a byte-order mark, which a model would read as text: save it as UTF-8 without one");
        var headings = Headings();
        var instruction = Instruction(headings);
        CheckOrder(headings);
        var fenced = headings.Count > 0 && !headings[0].IsUserPair
            && headings.Any(heading => Below(heading, headings).AsSpan().TrimStart().StartsWith(Fence));
        var blocks = new List<ExampleBlock>();
        var gaps = new List<string>();
        for (var i = 0; i < headings.Count; i += 2)
        {
            var query = Text(headings[i], headings, fenced);
            var answer = Text(headings[i + 1], headings, fenced);
            blocks.Add(new ExampleBlock(query.Before, query.Text, query.After + query.Gap + answer.Before, answer.Text, answer.After));
            gaps.Add(answer.Gap);
        }
        var layout = Layout(headings, instruction, blocks);
        // A first example or a first turn: either finds the layout's lead before it.
        if (blocks.Count == 0 && instruction is { } alone)
            instruction = alone with { After = alone.After + layout.Lead };
        var origin = $"file {Path.GetFileName(file)}"
            + (instruction is { Text.Length: > 0 } ? "" : ", which has no instruction section (vanilla ICL)");
        return new UrialPrompt(Path.GetFileNameWithoutExtension(file), origin, layout, instruction, blocks, gaps);
    }

    private List<PromptHeading> Headings()
    {
        var headings = Find(HashHeading());
        return headings.Count > 0 ? headings : Find(BareHeading());
    }

    private List<PromptHeading> Find(Regex heading) =>
        [.. heading.Matches(text).Select(match => new PromptHeading(
            Line(match.Index), match.Index, Math.Min(match.Index + match.Length + 1, text.Length), match.Groups["word"].Value,
            match.Value.TrimEnd()))];

    /// <summary>The section; without one, the white space before the first example, or null where there is none.</summary>
    private InstructionBlock? Instruction(List<PromptHeading> headings)
    {
        var end = headings.Count > 0 ? headings[0].Start : text.Length;
        var heading = InstructionHeading().Match(text[..end]);
        if (!heading.Success)
            return WithoutInstruction(headings, text[..end]);
        var body = text[(heading.Index + heading.Length)..end];
        if (string.IsNullOrWhiteSpace(body))
            throw Fault(Line(heading.Index),
                $"there is no instruction section: a text must stand below this heading, before the "
                    + $"first {(headings.Count > 0 ? $"\"{headings[0].Name}\"" : "example")}. For examples without a system text, leave "
                    + "the heading out");
        var begin = heading.Index + heading.Length + (body.Length - body.TrimStart().Length);
        var last = heading.Index + heading.Length + body.TrimEnd().Length;
        return new InstructionBlock(text[..begin], text[begin..last], text[last..end]);
    }

    // As the published basic_icl: examples alone.
    private InstructionBlock? WithoutInstruction(List<PromptHeading> headings, string before)
    {
        if (headings.Count == 0)
            throw Fault(1, "there is no instruction section, and no example: a line \"# Instruction\" with a text below it, or examples "
                + "under \"# Query:\" and \"# Answer:\", make a prompt");
        if (!string.IsNullOrWhiteSpace(before))
            throw Fault(Line(before.Length - before.TrimStart().Length),
                $"there is no instruction section, and text stands before the first \"{headings[0].Name}\": put a line \"# Instruction\" "
                    + "above it, or leave it out");
        return before.Length == 0 ? null : new InstructionBlock("", "", before);
    }

    private void CheckOrder(List<PromptHeading> headings)
    {
        for (var i = 0; i < headings.Count; i++)
        {
            var (heading, wanted) = (headings[i], i % 2 == 0);
            if (heading.IsUserPair != headings[0].IsUserPair)
                throw Fault(heading.Line,
                    $"\"{heading.Name}\" stands in a file that began with \"{headings[0].Name}\": a file keeps to one pair of headings");
            if (heading.IsQuery == wanted)
                continue;
            throw wanted
                ? Fault(heading.Line, i == 0 ? "an answer without a query before it"
                    : $"two answers in a row (the other in line {headings[i - 1].Line}): a query is missing between them")
                : Fault(heading.Line,
                    $"two queries in a row (the other in line {headings[i - 1].Line}): the answer to the first is missing");
        }
        if (headings.Count % 2 == 1)
            throw Fault(headings[^1].Line, "an answer is missing: the file ends after this query");
    }

    private PromptLayout Layout(List<PromptHeading> headings, InstructionBlock? instruction, List<ExampleBlock> blocks)
    {
        if (headings.Count == 0)
            return instruction!.Before.StartsWith('#') ? PromptLayout.Fenced : PromptLayout.Bare;
        if (!headings[0].IsUserPair)
            return blocks.All(HasInlineQuery) ? PromptLayout.Inline : PromptLayout.Fenced;
        if (!headings[0].Name.StartsWith('#'))
            return PromptLayout.Bare;
        // The published code goes by the name: its inst_help_v6-2k is spaced as v5 is, and gets v6 turns.
        var name = Path.GetFileName(file);
        if (name.Contains("inst_help_v5", StringComparison.Ordinal) || name.Contains("inst_help_v6", StringComparison.Ordinal))
            return name.Contains("inst_help_v5", StringComparison.Ordinal) ? PromptLayout.UserSpaced : PromptLayout.User;
        return text.AsSpan(headings[0].End).StartsWith("\n") ? PromptLayout.UserSpaced : PromptLayout.User;
    }

    /// <summary>Whether both fences of the query stand on lines of its text.</summary>
    private static bool HasInlineQuery(ExampleBlock block)
    {
        var fence = block.Before.LastIndexOf(Fence, StringComparison.Ordinal);
        return fence >= 0 && !block.Before.AsSpan(fence).Contains('\n')
            && !block.Between.AsSpan(0, block.Between.IndexOf(Fence, StringComparison.Ordinal)).Contains('\n');
    }

    /// <summary>The text below a heading: heading and opening, text, closing, white space up to the next heading.</summary>
    private (string Before, string Text, string After, string Gap) Text(PromptHeading heading, List<PromptHeading> headings, bool fenced)
    {
        var below = Below(heading, headings);
        var body = below.Trim();
        var lead = below.Length - below.TrimStart().Length;
        var gap = below[(lead + body.Length)..];
        var what = heading.IsQuery ? "query" : "answer";
        if (body.Length == 0)
            throw Fault(heading.Line,
                heading.IsQuery ? "the query below this heading is missing" : "an answer is missing: nothing stands below this heading");
        var marks = FenceMark().Count(body);
        if (marks % 2 == 1)
            throw Fault(heading.Line,
                $"unbalanced fences: the {what} below \"{heading.Name}\" has {marks} marks of three backticks, and each fence takes two");
        if (!fenced)
            return (text[heading.Start..heading.End] + below[..lead], body, "", gap);
        if (marks == 0)
            throw Fault(heading.Line,
                $"unbalanced fences: the {what} below \"{heading.Name}\" has none, and others in this file have theirs");
        if (!body.StartsWith(Fence, StringComparison.Ordinal) || !body.EndsWith(Fence, StringComparison.Ordinal))
            throw Fault(heading.Line, $"unbalanced fences: some of the {what} below \"{heading.Name}\" stands outside its fence");
        var inside = body[Fence.Length..^Fence.Length];
        var words = inside.Trim();
        if (words.Length == 0)
            throw Fault(heading.Line, $"{(heading.IsQuery ? "a query" : "an answer")} is missing: the fence below this heading is empty");
        var open = inside.Length - inside.TrimStart().Length;
        return (text[heading.Start..heading.End] + below[..lead] + Fence + inside[..open], words, inside[(open + words.Length)..] + Fence,
            gap);
    }

    private string Below(PromptHeading heading, List<PromptHeading> headings)
    {
        var next = headings.IndexOf(heading) + 1;
        return text[heading.End..(next < headings.Count ? headings[next].Start : text.Length)];
    }

    private int Line(int place) => text.AsSpan(0, place).Count('\n') + 1;

    private UrialException Fault(int line, string what) => new($"{file}:{line}: {what}.");

    [GeneratedRegex(@"^# (?<word>Query|Answer|User|Assistant):[ \t]*$", RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex HashHeading();

    [GeneratedRegex(@"^(?<word>User|Assistant):[ \t]*$", RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex BareHeading();

    [GeneratedRegex(@"^(?:#+ *)?Instructions?:?[ \t]*$", RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex InstructionHeading();

    [GeneratedRegex("`{3,}", RegexOptions.CultureInvariant)]
    private static partial Regex FenceMark();
}
