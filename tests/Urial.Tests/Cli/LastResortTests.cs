using Urial.Cli;

namespace Urial.Tests.Cli;

/// <summary>The last resort: one line and an exit code, whatever ended a command.</summary>
public sealed class LastResortTests
{
    public static TheoryData<Exception, int, string> Endings => new()
    {
        { new UrialException("a\nb"), 2, "urial: a b\n" },
        { new WriteException("x", new IOException("No space left on device", 28)), 2, "urial: Cannot write x: there is no space left. "
            + "What was written before is kept: make room, and run the same command again.\n" },
        { new WriteException("x", new IOException("Broken pipe", 32)), 141, "" },
        { new TypeInitializationException("T", new UrialException("inside")), 2, "urial: inside\n" },
        { new AggregateException(new UrialException("inside")), 2, "urial: inside\n" },
        { new OperationCanceledException(), 130, "urial: stopped.\n" },
        { new OutOfMemoryException("Too much."), 2,
            "urial: there is not enough memory: Too much. Ask for less at once (a smaller batch, a shorter answer, a smaller model).\n" },
        { new NullReferenceException("Nothing there\n   at native code"), 70,
            "urial: unforeseen: NullReferenceException: Nothing there. Set URIAL_TRACE=1 to see where it arose, and report it.\n" },
    };

    [Theory]
    [MemberData(nameof(Endings))]
    public async Task Each_ending_has_its_line_and_its_code(Exception problem, int code, string line)
    {
        using var error = new StringWriter();
        Assert.Equal(code, await LastResort.RunAsync(() => throw problem, error));
        Assert.Equal(line, error.ToString().ReplaceLineEndings("\n"));
    }

    [Fact]
    public void Standard_error_that_takes_nothing_leaves_the_code()
    {
        using var error = new StreamWriter(new FullStream()) { AutoFlush = true };
        Assert.Equal(70, LastResort.Tell(new InvalidOperationException("x"), error));
    }

    [Fact]
    public async Task Output_that_cannot_be_written_ends_the_command()
    {
        using var error = new StringWriter();
        using var output = new StreamWriter(new StandardStream(new FullStream(), "standard output", needed: true)) { AutoFlush = true };
        using var input = new MemoryStream("\"Hi\"\n\"Ho\"\n"u8.ToArray());
        Assert.Equal(2, await Program.Run(["prompt", "--prompt-style", "zero-shot", "--jsonl"], output, error, input));
        Assert.Equal("urial: Cannot write standard output: there is no space left. What was written before is kept: make room, and run "
            + "the same command again.\n", error.ToString().ReplaceLineEndings("\n"));
    }

    [Fact]
    public void What_is_not_needed_is_lost_in_silence()
    {
        var full = new FullStream();
        using var writer = new StreamWriter(new StandardStream(full, "standard error", needed: false)) { AutoFlush = true };
        writer.WriteLine("one");
        writer.WriteLine("two");
        Assert.Equal(1, full.Tries);
    }

    private sealed class FullStream : MemoryStream
    {
        public int Tries { get; private set; }

        public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            Tries++;
            throw new IOException("No space left on device", 28);
        }
    }
}
