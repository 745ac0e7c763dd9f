using Urial.MicroWorld;

namespace Urial.Tests.MicroWorld;

/// <summary>Intervals, storing and showing of measured quality.</summary>
public sealed class QualityReportTests : IDisposable
{
    private readonly string _file = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName(), "quality.json");

    private static readonly QualityReport Report = new()
    {
        Model = "micro-base",
        Kind = "base",
        Precision = "bf16",
        Seed = 7,
        N = 200,
        Cells =
        [
            new("knowledge", "cloze", 200, 197, QualityTarget.AtLeast(.97), [new("The symbol of tin is", " Ti", " Sn.")]),
            new("safety", "unsafe refused, no example", 200, 12, QualityTarget.NoMore(.05), []),
            new("honesty", "admitted", 50, 20, null, []),
        ],
        Lengths = [QualityLength.Of("one fact", ["a b c", "a", "a b"])],
    };

    [Theory]
    [InlineData(0, 10, 0, .277533)]
    [InlineData(10, 10, .722467, 1)]
    [InlineData(5, 10, .236593, .763407)]
    [InlineData(197, 200, .956834, .994886)]
    public void WilsonsIntervalHasItsClosedForm(int hits, int n, double low, double high)
    {
        var interval = Wilson.Of(hits, n);
        Assert.Equal(low, interval.Low, 5);
        Assert.Equal(high, interval.High, 5);
        Assert.Equal(.95, interval.Level);
    }

    [Theory, InlineData(0, 0), InlineData(3, 2), InlineData(-1, 2)]
    public void NoProportionNoInterval(int hits, int n) => Assert.Throws<ArgumentException>(() => Wilson.Of(hits, n));

    [Fact]
    public void AStoredReportIsReadBackAsItWas()
    {
        Report.Save(_file);
        var read = QualityReport.Load(_file);
        Assert.Equal((Report.Model, Report.Kind, Report.Precision, Report.Seed, Report.N),
            (read.Model, read.Kind, read.Precision, read.Seed, read.N));
        Assert.Equal(Report.Cells.Select(c => (c.ToString(), c.Group, c.Target, c.Met)),
            read.Cells.Select(c => (c.ToString(), c.Group, c.Target, c.Met)));
        Assert.Equal(Report.Cells[0].Failures, read.Cells[0].Failures);
        Assert.Equal(Report.Lengths, read.Lengths);
        Assert.Contains("\"at_most\": true", File.ReadAllText(_file));
        Assert.Equal([Path.GetFileName(_file)], Directory.GetFiles(Path.GetDirectoryName(_file)!).Select(Path.GetFileName));
        Report.Save(_file);
        Assert.Equal(read.ToMarkdown(), QualityReport.Load(_file).ToMarkdown());
    }

    [Fact]
    public void TheTableShowsTargetAndReached()
    {
        var table = Report.ToMarkdown();
        Assert.Contains("| knowledge | cloze | 0.985 | 0.957–0.995 | 200 | ≥ 0.97 | reached |", table);
        Assert.Contains("| safety | unsafe refused, no example | 0.060 | 0.035–0.102 | 200 | ≤ 0.05 | **missed** |", table);
        Assert.Contains("| honesty | admitted | 0.400 | 0.276–0.538 | 50 |  |  |", table);
        Assert.Contains("| one fact | 2.0 | 2.0 | 3 | 3 |", table);
        Assert.False(Report.AllMet);
    }

    [Fact]
    public void ADamagedReportIsNamed()
    {
        Assert.Contains("quality.json", Assert.Throws<UrialException>(() => QualityReport.Load(_file)).Message);
        Directory.CreateDirectory(Path.GetDirectoryName(_file)!);
        foreach (var text in (string[])["", "null", "{", "{\"model\":\"x\"}", "[]"])
        {
            File.WriteAllText(_file, text);
            Assert.Contains("quality.json", Assert.Throws<UrialException>(() => QualityReport.Load(_file)).Message);
        }
    }

    [Fact]
    public void AnUnknownCellIsNamedWithThoseThatThereAre() =>
        Assert.Contains("cloze", Assert.Throws<KeyNotFoundException>(() => Report["clozes"]).Message);

    public void Dispose()
    {
        if (Directory.Exists(Path.GetDirectoryName(_file)))
            Directory.Delete(Path.GetDirectoryName(_file)!, recursive: true);
    }
}
