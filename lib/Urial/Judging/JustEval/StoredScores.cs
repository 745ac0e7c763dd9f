using System.Globalization;

namespace Urial;

/// <summary>Scores of single answers, by answering model, example and judge: <c>data/just-eval/scores.csv</c>.</summary>
public sealed class StoredScores
{
    private const string Header = "model,id,aspect,judge,score,is_na";

    private StoredScores(string file, IReadOnlyList<StoredScore> scores) => (File, Scores) = (file, scores);

    /// <summary>The committed table: 15 models × 200 safety examples, and one model's 1,000 examples under a second judge.</summary>
    public static string CommittedPath => Repository.Path("data", "just-eval", "scores.csv");

    /// <summary>The file they were read from.</summary>
    public string File { get; }

    /// <summary>All scores, in the file's order.</summary>
    public IReadOnlyList<StoredScore> Scores { get; }

    /// <summary>The judges, in the file's order.</summary>
    public IReadOnlyList<string> Judges => [.. Scores.Select(score => score.Judge).Distinct()];

    /// <summary>Reads a table.</summary>
    /// <param name="file">The table; the committed one if null.</param>
    /// <exception cref="UrialException">The table is missing or malformed; the message names file and line.</exception>
    public static StoredScores Load(string? file = null)
    {
        file ??= CommittedPath;
        var table = CsvLines.Read(file, Header);
        var scores = new List<StoredScore>(table.Rows.Count);
        var seen = new HashSet<(string, string, Aspect, string)>();
        foreach (var (line, cells) in table.Rows)
        {
            var aspect = Aspects.Parse(cells[2])
                ?? throw table.Error(line, $"'{cells[2]}' is none of the aspects {string.Join(", ", Aspects.All.Select(a => a.Name()))}.");
            int? score = (cells[4], cells[5]) switch
            {
                ("", "1") => null,
                (var text, "0") when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                    && number is >= 1 and <= 5 => number,
                _ => throw table.Error(line,
                    $"expected a score from 1 to 5 with is_na 0, or none with is_na 1, not '{cells[4]},{cells[5]}'."),
            };
            if (!seen.Add((cells[0], cells[1], aspect, cells[3])))
                throw table.Error(line, $"{cells[3]} scored the {aspect.Name()} of {cells[0]}'s answer to {cells[1]} before.");
            scores.Add(new StoredScore(cells[0], cells[1], aspect, cells[3], score));
        }
        return scores.Count > 0 ? new StoredScores(file, scores) : throw new UrialException($"{file} holds no scores.");
    }

    /// <summary>The answering models that a judge scored, in the file's order.</summary>
    public IReadOnlyList<string> Models(string judge) =>
        [.. Scores.Where(score => score.Judge == judge).Select(score => score.Model).Distinct()];

    /// <summary>Two models' scores by one judge, query by query.</summary>
    /// <exception cref="UrialException">A model has none.</exception>
    public ScoreComparison Compare(string first, string second, string judge, Aspect aspect) =>
        ScoreComparison.Of((first, Judgments(first, judge)), (second, Judgments(second, judge)), aspect);

    /// <summary>A model's answers as one judge scored them: one judgment for each example.</summary>
    /// <exception cref="UrialException">There are none.</exception>
    public IReadOnlyList<Judgment> Judgments(string model, string judge)
    {
        Judgment[] found =
        [
            .. Scores.Where(score => score.Model == model && score.Judge == judge).GroupBy(score => score.Id)
                .Select(answer => Judgment.Scored(answer.Key, judge, ContentHash.Of(model, answer.Key),
                    answer.ToDictionary(score => score.Aspect, score => score.Score))),
        ];
        return found.Length > 0 ? found : throw new UrialException(
            $"{File} holds no scores of {model} by {judge}. {judge} "
                + $"scored: {(Models(judge) is { Count: > 0 } models ? string.Join(", ", models) : "nobody")}.");
    }
}
