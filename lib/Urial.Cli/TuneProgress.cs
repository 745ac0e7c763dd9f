using System.CommandLine;
using System.Diagnostics;
using System.Globalization;

namespace Urial.Cli;

/// <summary>Runs a tuning and shows how it goes: a line every few seconds, with loss, learning rate and the time that is left.</summary>
internal static class TuneProgress
{
    private static readonly TimeSpan Between = TimeSpan.FromSeconds(5);

    /// <summary>Runs it.</summary>
    public static int Run(InvocationConfiguration console, TuneSettings settings, CancellationToken cancellation)
    {
        var clock = Stopwatch.StartNew();
        var shown = -Between;
        int? first = null;
        var begun = TimeSpan.Zero;
        TuneRun.Execute(settings, point =>
        {
            if (first is null)
                (first, begun) = (point.Step, clock.Elapsed);
            if (clock.Elapsed - shown < Between && point.Step < point.Steps && point.DevLoss is null)
                return;
            shown = clock.Elapsed;
            var made = point.Step - first!.Value;
            var left = made == 0 ? "" : string.Create(CultureInfo.InvariantCulture,
                $"  {Hours((clock.Elapsed - begun) / made * (point.Steps - point.Step))} left");
            var rewards = point.ChosenReward is null ? "" : string.Create(CultureInfo.InvariantCulture,
                $"  rewards {point.ChosenReward:0.00} and {point.RejectedReward:0.00}");
            var dev = point.DevLoss is null ? "" : string.Create(CultureInfo.InvariantCulture, $"  dev {point.DevLoss:0.0000}");
            console.Output.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{Hours(clock.Elapsed)}  step {point.Step} of {point.Steps}  loss {point.Loss:0.000}{dev}{rewards}  gradient "
                    + $"{point.GradientNorm:0.00}  rate {point.Rate:0.0e+0}{left}"));
        }, note => console.Output.WriteLine($"{Hours(clock.Elapsed)}  {note}"), cancellation);
        return ExitCode.Ok;
    }

    private static string Hours(TimeSpan time) =>
        string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalHours:00}:{time.Minutes:00}:{time.Seconds:00}");
}
