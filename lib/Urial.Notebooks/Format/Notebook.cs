using System.Text.Json.Nodes;

namespace Urial.Notebooks;

/// <summary>A Jupyter notebook of C# cells, nbformat 4.5.</summary>
public sealed class Notebook
{
    /// <summary>A notebook.</summary>
    /// <param name="name">Its file's name, without folder: <c>01-one-answer.ipynb</c>.</param>
    /// <param name="cells">Its cells, ids unique.</param>
    /// <param name="metadata">Its metadata; the kernel's part is filled in on writing.</param>
    /// <exception cref="ArgumentException">Two cells have one id.</exception>
    public Notebook(string name, IReadOnlyList<NotebookCell> cells, JsonObject? metadata = null)
    {
        if (cells.GroupBy(c => c.Id).FirstOrDefault(g => g.Count() > 1) is { } twice)
            throw new ArgumentException($"{name}: {twice.Count()} cells have the id '{twice.Key}', and an id names one cell.",
                nameof(cells));
        Name = name;
        Cells = cells;
        Metadata = metadata ?? [];
    }

    /// <summary>The file's name, without folder.</summary>
    public string Name { get; }

    /// <summary>The cells in reading order.</summary>
    public IReadOnlyList<NotebookCell> Cells { get; }

    /// <summary>Notebook metadata as read.</summary>
    public JsonObject Metadata { get; }

    /// <summary>The code cells in order; the n-th has execution count n + 1 when the notebook was run from the top.</summary>
    public IEnumerable<NotebookCell> CodeCells => Cells.Where(c => c.Kind == CellKind.Code);

    /// <summary>Reads a notebook file.</summary>
    /// <exception cref="UrialException">
    /// The file is missing, or is no notebook that can be run here: the message says where and what to do.
    /// </exception>
    public static Notebook Load(string path)
    {
        return NotebookReader.Read(InputFile.Text(path, "notebook"), path);
    }

    /// <summary>Reads a notebook from text; <paramref name="path"/> names it in errors.</summary>
    /// <exception cref="UrialException">The text is no notebook that can be run here.</exception>
    public static Notebook Parse(string text, string path) => NotebookReader.Read(text, path);

    /// <summary>The notebook as nbformat 4.5, as Jupyter would write it.</summary>
    public string ToJson() => NotebookWriter.Write(this);

    /// <summary>Writes the notebook; the file is either the old or the new one at every moment.</summary>
    public void Save(string path) => AtomicFile.WriteText(path, ToJson());
}
