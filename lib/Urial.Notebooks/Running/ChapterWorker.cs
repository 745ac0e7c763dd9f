using System.Diagnostics;
using System.Text;

namespace Urial.Notebooks;

/// <summary>The inside of a chapter's process: runs one notebook and reports each cell to <see cref="ChapterProcess"/>.</summary>
public static class ChapterWorker
{
    /// <summary>Runs the notebook and writes the reports to standard output.</summary>
    /// <param name="path">The notebook's file.</param>
    /// <param name="cellTimeout">How long one cell may take.</param>
    /// <param name="cancellation">Ends the run.</param>
    /// <exception cref="UrialException">The file is no notebook that can be run.</exception>
    public static async Task RunAsync(string path, TimeSpan cellTimeout, CancellationToken cancellation = default)
    {
        await using var reports = new StreamWriter(Console.OpenStandardOutput(), new UTF8Encoding(false)) { AutoFlush = true, NewLine = "\n" };
        EndWithParent();
        var notebook = Notebook.Load(path);
        var run = await new NotebookRunner(cellTimeout).RunAsync(notebook, Path.GetDirectoryName(Path.GetFullPath(path))!, Report, cancellation);
        using var self = Process.GetCurrentProcess();
        reports.WriteLine(new WorkerMessage(0, 0, Failure: run.Failure, PeakBytes: self.PeakWorkingSet64).ToLine());

        void Report(CellProgress p) => reports.WriteLine(new WorkerMessage(
            p.Cell, p.Cells, p.Done is { } cell ? new Notebook(notebook.Name, [cell]).ToJson() : null).ToLine());
    }

    /// <summary>Whoever started this process holds its input open; when that closes, nobody waits for the chapter any more.</summary>
    private static void EndWithParent()
    {
        var input = Console.OpenStandardInput();
        Console.SetIn(TextReader.Null);
        new Thread(() =>
        {
            if (input.ReadByte() < 0)
                Environment.Exit(1);
        })
        { IsBackground = true }.Start();
    }
}
