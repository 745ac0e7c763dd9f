using System.Diagnostics;
using System.Globalization;

namespace Urial.Benchmarks;

/// <summary>
/// <c>positions [N] [FOLDER]</c>: makes a run of at least N positions (a million) of the stored one, in FOLDER or a temporary folder, and
/// measures in a process of its own what a summary with intervals, counts by token and two charts of it take.
/// </summary>
internal static class PositionsCommand
{
    /// <summary>The word on the command line.</summary>
    public const string Word = "positions";

    private const string Explore = "explore";

    /// <summary>Runs the command.</summary>
    public static int Run(string[] args)
    {
        if (args is [Explore, var folder])
            return Measure(folder);
        var count = args.Length > 0 ? long.Parse(args[0], CultureInfo.InvariantCulture) : 1_000_000;
        if (args.Length > 1)
            return Run(args[1], count);
        var temporary = Directory.CreateTempSubdirectory("urial-positions-");
        try
        {
            return Run(temporary.FullName, count);
        }
        finally
        {
            temporary.Delete(recursive: true);
        }
    }

    private static int Run(string folder, long count)
    {
        var watch = Stopwatch.StartNew();
        var made = ManyPositions.Make(TwoPrompts.Folder, folder, count);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"made {made:N0} positions in {watch.Elapsed.TotalSeconds:0.0} s"));
        using var process = Process.Start(Environment.ProcessPath!, [.. Host(), Word, Explore, folder]);
        process.WaitForExit();
        return process.ExitCode;
    }

    // Started as `dotnet X.dll`, the process is dotnet itself.
    private static string[] Host() =>
        Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet" ? [typeof(PositionsCommand).Assembly.Location] : [];

    private static int Measure(string folder)
    {
        var watch = Stopwatch.StartNew();
        var summary = PositionsSql.Summary(folder, withEos: false);
        var tokens = PositionsSql.Query(folder, "SELECT token, count(*) AS n FROM positions WHERE class = 'shifted' "
            + "GROUP BY token ORDER BY n DESC LIMIT 20");
        var shares = ShiftCharts.Shares([ShareRow.Measured("all answers", summary)], "Shares");
        var curve = ShiftCharts.ByPosition([Curve.Of("all answers", PositionsSql.Curve(folder))], "KL(aligned‖base) (nats)", "KL");
        var drawn = shares.PlotlyJson.Length + curve.PlotlyJson.Length;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"summary of {summary.Positions:N0} positions with intervals, "
            + $"{tokens.Rows.Count} tokens and 2 charts ({drawn:N0} characters): {watch.Elapsed.TotalSeconds:0.0} s, peak memory "
            + $"{Peak() >> 20} MiB"));
        return 0;
    }

    private static long Peak()
    {
        using var process = Process.GetCurrentProcess();
        return process.PeakWorkingSet64;
    }
}
