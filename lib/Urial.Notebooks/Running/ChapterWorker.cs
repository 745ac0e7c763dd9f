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
        var notebook = Notebook.Load(path);
        var run = await new NotebookRunner(cellTimeout).RunAsync(notebook, Path.GetDirectoryName(Path.GetFullPath(path))!, Report, cancellation);
        using var self = Process.GetCurrentProcess();
        reports.WriteLine(new WorkerMessage(0, 0, Failure: run.Failure, PeakBytes: self.PeakWorkingSet64).ToLine());

        void Report(CellProgress p) => reports.WriteLine(new WorkerMessage(
            p.Cell, p.Cells, p.Done is { } cell ? new Notebook(notebook.Name, [cell]).ToJson() : null).ToLine());
    }
}
