using System.Text;

namespace Urial.MicroWorld;

/// <summary>
/// What stands around queries and answers throughout a document: headers, fences and separators, random in half the documents.
/// </summary>
public sealed record Frame(
    string QueryHeader, string AnswerHeader, string? FenceOpen, string? FenceClose, bool FenceQuery, bool FenceAnswer, string Gap,
    string Separator)
{
    private static readonly (string Query, string Answer)[] Known =
        [("Question: ", "Answer: "), ("Q: ", "A: "), ("User: ", "Reply: "), ("## Ask\n", "## Say\n"), ("[in] ", "[out] "),
            ("Asked: ", "Said: "),
         ("Question:\n", "Answer:\n"), ("### Question\n", "### Reply\n"), ("Reader:\n", "Clerk:\n")];
    private static readonly (string, string)[] Fences =
        [("```", "```"), ("~~~", "~~~"), ("\"\"\"", "\"\"\""), ("'''", "'''"), ("<<<", ">>>"), ("---", "---"), ("===", "==="),
            ("***", "***"),
         ("[[", "]]"), ("(((", ")))"), ("%%", "%%")];
    private static readonly string[] Heads = ["", "", "# ", "## ", "### ", "[", "<", "** ", "> ", "- "];
    private static readonly string[] Tails = [":\n", ":\n", "\n", "\n", "]\n", ">\n", " =\n", ": ", " = "];

    /// <summary>Draws a frame.</summary>
    public static Frame Draw(Rng r, OpenVocabulary phrases)
    {
        var (query, answer) = r.Chance(.5) ? r.Pick(Known) : (Header(r, phrases), Header(r, phrases));
        var (open, close) = !r.Chance(.4) ? (null, null) : r.Chance(.35) ? Fences[0] : r.Pick(Fences);
        var both = r.Chance(.7);
        var (fenceQuery, fenceAnswer) = open is null ? (false, false) : both ? (true, true) : r.Chance(.5) ? (true, false) : (false, true);
        return new Frame(fenceQuery ? OwnLine(query) : query, fenceAnswer ? OwnLine(answer) : answer, open, close, fenceQuery, fenceAnswer,
            r.Pick(["\n", "\n", "\n\n"]), r.Pick(["\n\n", "\n\n", "\n", "\n\n\n", "\n---\n", "\n***\n\n"]));
    }

    /// <summary>Adds one block to a document.</summary>
    public void Append(StringBuilder document, string query, string answer)
    {
        document.Append(QueryHeader);
        Fenced(document, query, FenceQuery);
        document.Append(Gap).Append(AnswerHeader);
        Fenced(document, answer, FenceAnswer);
        document.Append(Separator);
    }

    private void Fenced(StringBuilder document, string text, bool fence)
    {
        if (fence)
            document.Append(FenceOpen).Append('\n').Append(text).Append('\n').Append(FenceClose);
        else
            document.Append(text);
    }

    /// <summary>A random header; never one that the evaluation keeps for itself ("# Query:", "# Answer:").</summary>
    private static string Header(Rng r, OpenVocabulary phrases)
    {
        while (true)
        {
            var name = phrases.Phrase(r, 1, 2).Trim('.', '!', '?', ':', '…', '–', ' ', '#');
            var header = r.Pick(Heads) + (name.Length == 0 ? "x" : name) + r.Pick(Tails);
            if (!header.Contains("Query", StringComparison.OrdinalIgnoreCase)
                && !header.Contains("# Answer", StringComparison.OrdinalIgnoreCase))
                return header;
        }
    }

    private static string OwnLine(string header) => header.TrimEnd() + "\n";
}
