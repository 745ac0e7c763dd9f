using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Urial.Cli;

/// <summary>
/// Standard output, or standard error, where it is a file or a pipe. Output that cannot be written ends the command as any file does that
/// cannot be written; what standard error does not take is lost, since there is nowhere to say so, and the exit code still tells.
/// </summary>
/// <param name="inner">Where bytes go.</param>
/// <param name="name">What errors call it.</param>
/// <param name="needed">Whether a failure ends the command.</param>
internal sealed class StandardStream(Stream inner, string name, bool needed) : Stream
{
    private bool _lost;

    /// <inheritdoc/>
    public override bool CanRead => false;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => true;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    /// <summary>
    /// Has the process's own standard output and error go through here, terminals apart: those are as the console has them.
    /// </summary>
    public static void Install()
    {
        if (Console.IsOutputRedirected)
            Console.SetOut(Writer(new StandardStream(Open(1, Console.OpenStandardOutput), "standard output", needed: true),
                Console.OutputEncoding));
        if (Console.IsErrorRedirected)
            Console.SetError(Writer(new StandardStream(Console.OpenStandardError(), "standard error", needed: false),
                Console.OutputEncoding));
    }

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    /// <inheritdoc/>
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        if (_lost)
            return;
        try
        {
            inner.Write(buffer);
            inner.Flush();
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            _lost = true;
            if (needed)
                throw new WriteException(name, problem);
        }
    }

    /// <inheritdoc/>
    public override void Flush() { }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    private static StreamWriter Writer(StandardStream stream, Encoding encoding) => new(stream, encoding) { AutoFlush = true };

    // The console's own stream passes over a pipe that nobody reads; a plain one says so. A file stays with the console's, which
    // appends where the file is shared with standard error.
    private static Stream Open(int descriptor, Func<Stream> console)
    {
        if (OperatingSystem.IsWindows())
            return console();
        var plain = new FileStream(new SafeFileHandle(descriptor, ownsHandle: false), FileAccess.Write, bufferSize: 0);
        return plain.CanSeek ? console() : plain;
    }
}
