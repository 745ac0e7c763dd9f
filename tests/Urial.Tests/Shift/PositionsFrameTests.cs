using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.Data.Analysis;

namespace Urial.Tests.Shift;

public sealed class PositionsFrameTests
{
    private static readonly IReadOnlyList<ShiftedAnswer> Answers =
    [
        Made.Ranks("a", 1, 9, 2, -40) with { Labels = ["fact", "style", "glue", "style"], Kind = "Single" },
        Made.Kl("b", 0.5, 1.5, 3) with { Labels = ["style", "style", "fact"], Kind = "Several" },
        Made.Ranks("c", 3, 1),
    ];

    [Fact]
    public void A_row_is_a_position_with_what_is_known_of_its_answer()
    {
        var frame = Answers.ToFrame();

        Assert.Equal(9, frame.Rows.Count);
        Assert.Equal(["a", "a", "a", "a", "b", "b", "b", "c", "c"], frame["id"].Cast<string>());
        Assert.Equal([1, 9, 2, 40, 1, 1, 1, 3, 1], frame["base_rank"].Cast<int>());
        Assert.Equal(["t0", "t1"], frame["token"].Cast<string>().Take(2));
        Assert.Equal(["fact", "style", "glue", "style", "style", "style", "fact", null, null], frame["label"].Cast<string?>());
        Assert.Equal(["Single", null], new[] { 0, 8 }.Select(row => (string?)frame["kind"][row]));
        Assert.DoesNotContain(Answers.Skip(2).ToList().ToFrame().Columns, column => column.Name is "label" or "segment" or "kind");
        Assert.Equal(0, Array.Empty<ShiftedAnswer>().ToFrame().Rows.Count);
    }

    [Fact]
    public void Files_and_frames_have_the_same_columns_and_numbers()
    {
        using var written = new MemoryStream();
        PositionsJsonl.Write(written, Answers);
        JsonElement[] lines =
            [.. Encoding.UTF8.GetString(written.ToArray()).TrimEnd('\n').Split('\n').Select(line => JsonDocument.Parse(line).RootElement)];
        var frame = Answers.Select(answer => answer with { Labels = null, Kind = null }).ToList().ToFrame();

        Assert.Equal(lines[0].EnumerateObject().Select(field => field.Name), frame.Columns.Select(column => column.Name));
        foreach (var (row, line) in lines.Index())
            Assert.All(line.EnumerateObject(), field =>
                Assert.Equal(field.Value.ToString(), Convert.ToString(frame[field.Name][row], CultureInfo.InvariantCulture)));
    }

    [Fact]
    public void Filtered_and_grouped_they_give_the_numbers_of_the_statistics()
    {
        var frame = Answers.ToFrame();
        var summary = new ShiftTable(Answers).Summary();

        var shifted = frame.Filter(frame["class"].ElementwiseEquals("shifted"));
        Assert.Equal(summary.Micro.Shifted.Value, shifted.Rows.Count / (double)frame.Rows.Count, 12);
        Assert.Equal(2, frame.Filter(frame["base_rank"].ElementwiseGreaterThan(3)).Rows.Count);
        Assert.All(summary.Means, mean => Assert.Equal(mean.Value.Value, frame[mean.Key].Mean(), 12));
        var words = frame.Filter(frame["is_eos"].ElementwiseEquals(false));
        Assert.Equal(new ShiftTable(Answers).Summary(withEos: false).MeanBaseRank.Value, words["base_rank"].Mean(), 12);

        var byLabel = frame.Filter(frame["label"].ElementwiseIsNotNull()).GroupBy("label").Mean("kl_aligned_base");
        foreach (var group in ShiftGroups.Mean(Answers, ShiftGroups.Label, p => p.KlAlignedBase))
        {
            var own = byLabel.Filter(byLabel["label"].ElementwiseEquals(group.Group));
            Assert.Equal(group.Value.Value, (double)own["kl_aligned_base"][0], 12);
        }

        Assert.Equal([4L, 3L, 2L], frame.GroupBy("id").Count("position")["position"].Cast<long>());
    }

    [Fact]
    public void The_id_joins_positions_with_judgments()
    {
        Judgment[] judgments =
        [
            Judgment.Scored("a", "j", "", new Dictionary<Aspect, int?> { [Aspect.Depth] = 2 }),
            Judgment.Scored("c", "j", "", new Dictionary<Aspect, int?> { [Aspect.Depth] = 5 }),
        ];

        var joined = Answers.ToFrame().Merge<string>(judgments.ToFrame(), "id", "id", joinAlgorithm: JoinAlgorithm.Inner);

        Assert.Equal(["a", "a", "a", "a", "c", "c"], joined["id_left"].Cast<string>());
        Assert.Equal([2, 2, 2, 2, 5, 5], joined["depth"].Cast<int>());
        Assert.Equal((9 + 40) / 2.0, joined.Filter(joined["class"].ElementwiseEquals("shifted"))["base_rank"].Mean());
    }
}
