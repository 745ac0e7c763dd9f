using System.Globalization;

namespace Urial.Cli;

/// <summary>How fast a step of a run goes, and how long it will take: what was there before the run began does not count.</summary>
/// <param name="time">Tells the time.</param>
internal sealed class ProgressRate(TimeProvider time)
{
    private readonly Dictionary<string, (int Done, long Begun)> _first = new(StringComparer.Ordinal);

    /// <summary>In words, <c>2.5 a second, 0:40 left</c>; empty where there is nothing to tell yet.</summary>
    public string Of(RunStep step)
    {
        if (!_first.TryGetValue(step.Name, out var first))
        {
            _first[step.Name] = (step.Done, time.GetTimestamp());
            return "";
        }
        var (done, seconds) = (step.Done - first.Done, time.GetElapsedTime(first.Begun).TotalSeconds);
        if (done <= 0 || seconds <= 0)
            return "";
        var rate = done / seconds;
        var speed = rate >= 1 ? Plain(rate, " a second")
            : rate >= 1 / 60.0 ? Plain(60 * rate, " a minute") : Plain(3600 * rate, " an hour");
        return step.Done == step.Total ? speed : $"{speed}, {Clock(TimeSpan.FromSeconds((step.Total - step.Done) / rate))} left";
    }

    private static string Plain(double rate, string unit) =>
        rate.ToString(rate < 10 ? "0.0" : "0", CultureInfo.InvariantCulture) + unit;

    private static string Clock(TimeSpan left) => left.TotalHours >= 1
        ? string.Create(CultureInfo.InvariantCulture, $"{(int)left.TotalHours}:{left.Minutes:00}:{left.Seconds:00}")
        : string.Create(CultureInfo.InvariantCulture, $"{left.Minutes}:{left.Seconds:00}");
}
