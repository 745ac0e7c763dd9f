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

    /// <summary>Progress as plain lines, about ten a step.</summary>
    public static Action<RunStep> Lines(TextWriter plain) => step =>
    {
        if (step.IsTenth)
            plain.WriteLine($"{step.Name} {step.Done}/{step.Total}");
    };

    private static T Bars<T>(Func<Action<RunStep>, Action<string>, T> work)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        return console.Progress().Start(context =>
        {
            var bars = new Dictionary<string, ProgressTask>();
            return work(
                step =>
                {
                    if (!bars.TryGetValue(step.Name, out var bar))
                        bars[step.Name] = bar = context.AddTask(step.Name, maxValue: step.Total);
                    bar.Value = step.Done;
                },
                bad => console.WriteLine(VisibleText.Of(bad)));
        });
    }
}
