using System.Text;

namespace Urial.Notebooks;

/// <summary>
/// Stands in for the console while notebooks run: what a cell writes becomes the cell's output, and what anybody else
/// in the process writes goes where it always went.
/// </summary>
internal sealed class ConsoleCapture : TextWriter
{
    private readonly string _streamName;
    private readonly TextWriter _console;

    private ConsoleCapture(string streamName, TextWriter console) : base(console.FormatProvider)
    {
        _streamName = streamName;
        _console = console;
        CoreNewLine = ['\n'];
    }

    public override Encoding Encoding => _console.Encoding;

    /// <summary>Captures both streams until the result is disposed.</summary>
    public static IDisposable Start()
    {
        var (output, error) = (Console.Out, Console.Error);
        Console.SetOut(new ConsoleCapture("stdout", output));
        Console.SetError(new ConsoleCapture("stderr", error));
        return new Ending(() =>
        {
            Console.SetOut(output);
            Console.SetError(error);
        });
    }

    public override void Write(char value) => Write([value]);

    public override void Write(string? value) => Write(value.AsSpan());

    public override void Write(char[] buffer, int index, int count) => Write(buffer.AsSpan(index, count));

    public override void Write(ReadOnlySpan<char> buffer)
    {
        if (CellOutputs.Current is { } cell)
            cell.Write(_streamName, buffer);
        else
            _console.Write(buffer);
    }

    public override void WriteLine(string? value) => Write($"{value}\n");

    public override void Flush() => _console.Flush();

    private sealed class Ending(Action end) : IDisposable
    {
        public void Dispose() => end();
    }
}
