using Spectre.Console;

namespace Urial.Cli;

/// <summary>How far a shift run has come: bars on a terminal, now and then a plain line elsewhere.</summary>
internal static class ShiftProgressView
{
    /// <summary>Runs <paramref name="work"/>, which reports progress to its first argument and bad lines to its second.</summary>
    public static T Show<T>(TextWriter plain, Func<Action<ShiftProgress>, Action<string>, T> work) =>
        ReferenceEquals(plain, Console.Error) && !Console.IsErrorRedirected && AnsiConsole.Profile.Capabilities.Interactive
            ? Bars(work)
            : Lines(plain, work);

    private static T Lines<T>(TextWriter plain, Func<Action<ShiftProgress>, Action<string>, T> work) => work(
        step =>
        {
            // About ten lines a stage, whatever its length.
            if (step.Done == step.Total || step.Done * 10 / step.Total > (step.Done - 1) * 10 / step.Total)
                plain.WriteLine($"{step.Stage} {step.Done}/{step.Total}");
        },
        plain.WriteLine);

    private static T Bars<T>(Func<Action<ShiftProgress>, Action<string>, T> work)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        return console.Progress().Start(context =>
        {
            var bars = new Dictionary<string, ProgressTask>();
            return work(
                step =>
                {
                    if (!bars.TryGetValue(step.Stage, out var bar))
                        bars[step.Stage] = bar = context.AddTask(step.Stage, maxValue: step.Total);
                    bar.Value = step.Done;
                },
                bad => console.WriteLine(bad));
        });
    }
}
