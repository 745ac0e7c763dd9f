using System.Text;

namespace Urial.Cli;

/// <summary>
/// What commands say to a person: a model's text, a file's name or a server's reply in it cannot steer the terminal, since what cannot be
/// seen is written by number (<see cref="VisibleText"/>). Data for another program goes through <see cref="Data"/> instead.
/// </summary>
/// <param name="inner">Where the text goes.</param>
internal sealed class VisibleWriter(TextWriter inner) : TextWriter(inner.FormatProvider)
{
    /// <inheritdoc/>
    public override Encoding Encoding => inner.Encoding;

    /// <summary>
    /// Where data is written as it is: JSON lines, whose escapes are the format's own, and a prompt that goes into a file or a pipe. On a
    /// terminal a person reads it, so that text stays visible there.
    /// </summary>
    /// <param name="output">A command's output.</param>
    /// <param name="isText">Whether it is bare text and not JSON.</param>
    public static TextWriter Data(TextWriter output, bool isText = false) =>
        isText && IsOf(output, Console.Out) && !Console.IsOutputRedirected ? output : (output as VisibleWriter)?.Behind ?? output;

    /// <summary>Whether a command's output or error is one of the process's own.</summary>
    public static bool IsOf(TextWriter writer, TextWriter own) =>
        ReferenceEquals(writer, own) || writer is VisibleWriter visible && ReferenceEquals(visible.Behind, own);

    private TextWriter Behind => inner;

    /// <inheritdoc/>
    public override void Write(char value) => Write(value.ToString());

    /// <inheritdoc/>
    public override void Write(char[] buffer, int index, int count) => Write(new string(buffer, index, count));

    /// <inheritdoc/>
    public override void Write(ReadOnlySpan<char> buffer) => Write(buffer.ToString());

    /// <inheritdoc/>
    public override void Write(string? value) => inner.Write(VisibleText.Of(value ?? ""));

    /// <inheritdoc/>
    public override void WriteLine() => inner.WriteLine();

    /// <inheritdoc/>
    public override void WriteLine(string? value) => inner.WriteLine(VisibleText.Of(value ?? ""));

    /// <inheritdoc/>
    public override void Flush() => inner.Flush();
}
