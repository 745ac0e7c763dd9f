using Urial.Cli;

namespace Urial.Tests.Cli;

public sealed class ProgressRateTests
{
    [Theory]
    [InlineData(1, 3, 11, 1.0, "2.0 a second, 0:04 left")]
    [InlineData(90, 100, 100, 2.0, "5.0 a second")]
    [InlineData(100, 102, 1000, 60.0, "2.0 a minute, 7:29:00 left")]
    [InlineData(0, 1, 3, 3600.0, "1.0 an hour, 2:00:00 left")]
    [InlineData(5, 5, 10, 7.0, "")]
    public void What_was_there_before_is_no_speed(int first, int done, int total, double seconds, string expected)
    {
        var time = new Clock();
        var rate = new ProgressRate(time);
        Assert.Equal("", rate.Of(new RunStep("scoring", first, total)));
        time.Seconds = seconds;
        Assert.Equal(expected, rate.Of(new RunStep("scoring", done, total)));
    }

    [Fact]
    public void Lines_have_it_behind_the_count()
    {
        using var said = new StringWriter();
        var time = new Clock();
        var lines = ProgressView.Lines(said, time);
        lines(new RunStep("scoring", 1, 2));
        time.Seconds = 4;
        lines(new RunStep("scoring", 2, 2));
        Assert.Equal("scoring 1/2\nscoring 2/2 (15 a minute)\n", said.ToString().ReplaceLineEndings("\n"));
    }

    private sealed class Clock : TimeProvider
    {
        public double Seconds { get; set; }

        public override long TimestampFrequency => 1000;

        public override long GetTimestamp() => (long)(1000 * Seconds);
    }
}
