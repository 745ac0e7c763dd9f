using System.Globalization;
using System.Text;

namespace Urial.Notebooks.Host;

/// <summary>
/// Stands before the kernel's own console, which keeps whatever is printed in memory until the cell ends: lets through what a running
/// cell prints, up to <see cref="RunningCell.MostPrinted"/> characters, and nothing that an ended one left behind.
/// </summary>
internal sealed class CellConsole : TextWriter
{
    private readonly TextWriter _kernels;

    private CellConsole(TextWriter kernels) : base(CultureInfo.InvariantCulture)
    {
        _kernels = kernels;
        CoreNewLine = ['\n'];
    }

    public override Encoding Encoding => _kernels.Encoding;

    /// <summary>
    /// Puts itself before both streams; the kernel must have put its own writers there already. Returns what puts it there again: a cell
    /// that gives the console another writer does so for itself alone, as in the kernel by itself.
    /// </summary>
    public static Action Install()
    {
        var (output, error) = (new CellConsole(Console.Out), new CellConsole(Console.Error));
        Install();
        return Install;

        void Install()
        {
            Console.SetOut(output);
            Console.SetError(error);
        }
    }

    public override void Write(char value) => Write([value]);

    public override void Write(string? value) => Write(value.AsSpan());

    public override void Write(char[] buffer, int index, int count) => Write(buffer.AsSpan(index, count));

    public override void Write(ReadOnlySpan<char> buffer)
    {
        if (buffer.IsEmpty || RunningCell.Current is not { CodeEnded: false } cell)
            return;
        var (shown, cutsHere) = cell.Take(buffer.Length);
        if (shown > 0)
            _kernels.Write(buffer[..shown].ToString());
        if (cutsHere)
            _kernels.Write(string.Create(CultureInfo.InvariantCulture,
                $"\n[The cell printed more than {RunningCell.MostPrinted:N0} characters; the rest is left out.]\n"));
    }

    public override void WriteLine(string? value) => Write($"{value}\n");
}
