using System.Diagnostics;
using System.Globalization;
using Spectre.Console;

namespace Urial.Cli;

/// <summary>How far a download has come: bars on a terminal, a plain line now and then elsewhere.</summary>
internal static class FetchProgress
{
    private const long SmallFile = 1_000_000; // bytes

    /// <summary>Runs <paramref name="work"/>, which reports progress to its argument.</summary>
    public static T Show<T>(TextWriter plain, Func<Action<HubProgress>, T> work) =>
        VisibleWriter.IsOf(plain, Console.Error) && !Console.IsErrorRedirected && AnsiConsole.Profile.Capabilities.Interactive
            ? Bars(work)
            : work(Lines(plain));

    /// <summary>Progress as lines: about ten a file, one of a small file, and none of a file that was there.</summary>
    public static Action<HubProgress> Lines(TextWriter plain)
    {
        var (file, tenth) = ((string?)null, 0L);
        var clock = new Stopwatch();
        var began = 0L;
        return step =>
        {
            if (step.Note is not null)
                plain.WriteLine(step.Note);
            if (step.File is null || step.Size < SmallFile && step.Done < step.Size)
                return;
            if (step.File != file)
            {
                (file, tenth, began) = (step.File, -1, step.Done);
                clock.Restart();
            }
            var reached = step.Size is > 0 ? step.Done * 10 / step.Size.Value : step.Done / (100 << 20);
            if (reached <= tenth && step.Done != step.Size || tenth == 10)
                return;
            tenth = reached;
            var speed = clock.Elapsed.TotalSeconds is > 0.5 and var seconds ? $", {Bytes((long)((step.Done - began) / seconds))}/s" : "";
            plain.WriteLine($"{step.File}  {Bytes(step.Done)}{(step.Size is { } size ? $" of {Bytes(size)}" : "")}{speed}; "
                + $"together {Bytes(step.TotalDone)} of {Bytes(step.Total)}");
        };
    }

    /// <summary>Bytes in words, in the units that the hub uses: 1 MB is 10⁶ bytes.</summary>
    public static string Bytes(long bytes) => bytes switch
    {
        < 1_000 => string.Create(CultureInfo.InvariantCulture, $"{bytes} B"),
        < 1_000_000 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e3:0.#} kB"),
        < 1_000_000_000 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e6:0.#} MB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e9:0.##} GB"),
    };

    private static T Bars<T>(Func<Action<HubProgress>, T> work)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        return console.Progress()
            .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(),
                new DownloadedColumn { Base = FileSizeBase.Decimal }, new TransferSpeedColumn { Base = FileSizeBase.Decimal },
                new RemainingTimeColumn())
            .Start(context =>
            {
                var bars = new Dictionary<string, ProgressTask>();
                ProgressTask? together = null;
                return work(step =>
                {
                    if (step.Note is { } note)
                        console.WriteLine(VisibleText.Of(note));
                    if (step.File is null)
                        return;
                    together ??= context.AddTask("together");
                    if (!bars.TryGetValue(step.File, out var bar))
                        bars[step.File] = bar = context.AddTask(Markup.Escape(VisibleText.Of(step.File)));
                    (bar.MaxValue, bar.Value) = (Math.Max(1, step.Size ?? step.Done), step.Size == 0 ? 1 : step.Done);
                    (together.MaxValue, together.Value) = (Math.Max(1, step.Total), step.TotalDone);
                });
            });
    }
}
