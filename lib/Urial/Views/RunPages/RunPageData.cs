using System.IO.Compression;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Urial;

/// <summary>
/// The answers as data for the page's script, in JSON that no markup can break out of: an index, which all of searching and sorting needs,
/// and the positions in chunks of some answers, each read when one of its answers comes on screen. Where a run is large, chunks are
/// compressed. All texts are visible ones (<see cref="VisibleText"/>).
/// </summary>
internal static class RunPageData
{
    /// <summary>Longer tokens are cut.</summary>
    public const int WidestToken = 48;

    private const int ChunkPositions = 1500; // read in about a millisecond
    private const long MostPlain = 2 << 20;  // bytes of JSON that are not worth compressing

    private static readonly JsonWriterOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes the script elements that hold the data.</summary>
    public static void Write(TextWriter page, IReadOnlyList<ShiftedAnswer> answers)
    {
        var vocabulary = new RunVocabulary();
        var chunks = Chunks(answers);
        var compress = answers.Sum(answer => (long)answer.Positions.Count * (40 + 7 * answer.Positions.Max(p => p.BaseTop.Count
            + p.AlignedTop.Count))) > MostPlain;
        foreach (var (first, count) in chunks)
        {
            var json = Json(writer => Chunk(writer, answers, first, count, vocabulary));
            page.Write($"<script type=\"{(compress ? "text/plain" : "application/json")}\" data-urial=\"chunk\">");
            page.Write(compress ? Compressed(json) : Safe(json));
            page.Write("</script>\n");
        }
        page.Write("<script type=\"application/json\" data-urial=\"index\">");
        page.Write(Safe(Json(writer => Index(writer, answers, chunks, compress))));
        page.Write("</script>\n<script type=\"application/json\" data-urial=\"tokens\">");
        page.Write(Safe(Json(vocabulary.Write)));
        page.Write("</script>\n");
    }

    private static List<(int First, int Count)> Chunks(IReadOnlyList<ShiftedAnswer> answers)
    {
        var chunks = new List<(int, int)>();
        for (var (first, last, positions) = (0, 0, 0); last < answers.Count;)
        {
            positions += answers[last++].Positions.Count;
            if (positions < ChunkPositions && last < answers.Count)
                continue;
            chunks.Add((first, last - first));
            (first, positions) = (last, 0);
        }
        return chunks;
    }

    private static void Index(
        Utf8JsonWriter json, IReadOnlyList<ShiftedAnswer> answers, List<(int First, int Count)> chunks, bool compressed)
    {
        json.WriteStartObject();
        json.WriteNumber("page", RunPage.FirstAnswers);
        json.WriteBoolean("compressed", compressed);
        json.WriteBoolean("least", LeastNumbers.AreIn(answers));
        Numbers("chunks", chunks.Select(chunk => chunk.First));
        Texts("id", answer => answer.Id);
        Texts("query", answer => answer.Query);
        Texts("text", answer => answer.Text);
        if (answers.Any(answer => answer.Kind is not null))
            Texts("kind", answer => answer.Kind ?? "");
        Numbers("length", answers.Select(answer => answer.Positions.Count));
        Numbers("shifted", answers.Select(answer => answer.Positions.Count(p => p.IsShifted)));
        Numbers("marginal", answers.Select(answer => answer.Positions.Count(p => p.Class == ShiftClass.Marginal)));
        Numbers("kl", answers.Select(answer => (int)Math.Round(10_000 * answer.Positions.Average(p => p.KlAlignedBase))));
        Numbers("ended", answers.Select(answer => answer.Ended ? 1 : 0));
        json.WriteStartArray("parts");
        foreach (var part in Parts(answers))
            json.WriteStringValue(VisibleText.Of(part));
        json.WriteEndArray();
        json.WriteEndObject();

        void Texts(string name, Func<ShiftedAnswer, string> text)
        {
            json.WriteStartArray(name);
            foreach (var answer in answers)
                json.WriteStringValue(VisibleText.Of(text(answer)));
            json.WriteEndArray();
        }

        void Numbers(string name, IEnumerable<int> values)
        {
            json.WriteStartArray(name);
            foreach (var value in values)
                json.WriteNumberValue(value);
            json.WriteEndArray();
        }
    }

    /// <summary>The parts that tokens stand in, in the order of their first token; none where no answer has any.</summary>
    private static List<string> Parts(IReadOnlyList<ShiftedAnswer> answers) =>
        [.. answers.SelectMany(answer => answer.Segments ?? []).Distinct()];

    // Columns of each answer, since like numbers beside each other compress best; probabilities in thousandths and nats in hundredths are
    // what the view shows.
    private static void Chunk(Utf8JsonWriter json, IReadOnlyList<ShiftedAnswer> answers, int first, int count, RunVocabulary vocabulary)
    {
        var parts = Parts(answers);
        json.WriteStartArray();
        for (var i = first; i < first + count; i++)
        {
            var (answer, positions) = (answers[i], answers[i].Positions);
            var (baseTop, alignedTop) = (positions.Max(p => p.BaseTop.Count), positions.Max(p => p.AlignedTop.Count));
            json.WriteStartArray();
            Column(positions.Select((_, t) => vocabulary.Of(answer.Tokens[t])));
            Column(positions.Select(p => p.BaseRank));
            Column(positions.Select(p => Thousandths(p.BaseProbability)));
            Column(positions.Select(p => Thousandths(p.AlignedProbability)));
            foreach (var value in new Func<PositionShift, double>[]
            {
                p => p.KlAlignedBase, p => p.KlBaseAligned, p => p.Js, p => p.BaseEntropy, p => p.AlignedEntropy,
            })
                Column(positions.Select(p => (int)Math.Round(100 * value(p), MidpointRounding.AwayFromZero)));
            Top(positions, p => p.BaseTop, baseTop);
            Top(positions, p => p.AlignedTop, alignedTop);
            Column((answer.Segments ?? []).Select(part => parts.IndexOf(part)));
            json.WriteEndArray();

            void Top(IReadOnlyList<PositionShift> rows, Func<PositionShift, IReadOnlyList<TopToken>> of, int most)
            {
                Column(rows.SelectMany(p => Row(p, top => vocabulary.Of(answer, top), none: -1)));
                Column(rows.SelectMany(p => Row(p, top => Thousandths(top.Probability), none: 0)));

                // Where a position has fewer tokens than another, the rest of its row is empty.
                IEnumerable<int> Row(PositionShift position, Func<TopToken, int> value, int none) =>
                    of(position).Select(value).Concat(Enumerable.Repeat(none, most - of(position).Count));
            }
        }
        json.WriteEndArray();

        void Column(IEnumerable<int> values)
        {
            json.WriteStartArray();
            foreach (var value in values)
                json.WriteNumberValue(value);
            json.WriteEndArray();
        }
    }

    // -1: above 0 and too small to be shown.
    private static int Thousandths(double p) => p is > 0 and < 0.0005 ? -1 : (int)Math.Round(1000 * p, MidpointRounding.AwayFromZero);

    private static ReadOnlyMemory<byte> Json(Action<Utf8JsonWriter> write)
    {
        var memory = new MemoryStream();
        using (var json = new Utf8JsonWriter(memory, Compact))
            write(json);
        return memory.GetBuffer().AsMemory(0, (int)memory.Length);
    }

    // "<" stands in strings alone, where its escape is the same text; with it gone, no element can be ended or begun.
    private static string Safe(ReadOnlyMemory<byte> json) => Encoding.UTF8.GetString(json.Span).Replace("<", "\\u003c");

    private static string Compressed(ReadOnlyMemory<byte> json)
    {
        using var memory = new MemoryStream();
        using (var deflate = new ZLibStream(memory, CompressionLevel.Optimal, leaveOpen: true))
            deflate.Write(json.Span);
        return Convert.ToBase64String(memory.GetBuffer().AsSpan(0, (int)memory.Length));
    }
}
