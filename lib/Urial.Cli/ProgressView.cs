using Spectre.Console;

namespace Urial.Cli;

/// <summary>How far a run has come: bars on a terminal, now and then a plain line elsewhere.</summary>
internal static class ProgressView
{
    /// <summary>Runs <paramref name="work"/>, which reports progress to its first argument and bad lines to its second.</summary>
    public static T Show<T>(TextWriter plain, Func<Action<RunStep>, Action<string>, T> work) =>
        VisibleWriter.IsOf(plain, Console.Error) && !Console.IsErrorRedirected && AnsiConsole.Profile.Capabilities.Interactive
            ? Bars(work)
            : work(Lines(plain), plain.WriteLine);

    /// <summary>Progress as plain lines, about ten a step, with rate and time left.</summary>
    public static Action<RunStep> Lines(TextWriter plain, TimeProvider? time = null)
    {
        var rate = new ProgressRate(time ?? TimeProvider.System);
        return step =>
        {
            var speed = rate.Of(step); // every step: the first of them begins the clock
            if (step.IsTenth)
                plain.WriteLine($"{step.Name} {step.Done}/{step.Total}{(speed.Length > 0 ? $" ({speed})" : "")}");
        };
    }

    private static T Bars<T>(Func<Action<RunStep>, Action<string>, T> work)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        return console.Progress().Start(context =>
        {
            var bars = new Dictionary<string, ProgressTask>();
            var rate = new ProgressRate(TimeProvider.System);
            return work(
                step =>
                {
                    if (!bars.TryGetValue(step.Name, out var bar))
                        bars[step.Name] = bar = context.AddTask(step.Name, maxValue: step.Total);
                    bar.Value = step.Done;
                    bar.Description = $"{step.Name} {step.Done}/{step.Total} {rate.Of(step)}".TrimEnd();
                },
                bad => console.WriteLine(VisibleText.Of(bad)));
        });
    }
}
