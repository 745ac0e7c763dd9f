using Urial.Notebooks;

namespace Urial.Tests;

/// <summary>What a cell prints is in its own output, whole, and in no other.</summary>
[Collection(NotebookCollection.Name)]
public sealed class CellPrintingTests
{
    [Fact]
    public async Task What_a_cell_leaves_running_prints_into_no_other_cell_and_takes_no_output_away()
    {
        var run = await Cells.RunAsync(
            "var timer = new System.Threading.Timer(_ => Console.Write(\".\"), null, 200, 5); \"first\"",
            "await Task.Delay(1000);\n\"second\"",
            "timer.Dispose(); Console.Write(\"own\"); \"third\"");

        Assert.Null(run.Failure);
        Assert.Equal(["value: first"], run.Shown(0));
        Assert.Equal(["value: second"], run.Shown(1));
        Assert.Equal(["stdout: own", "value: third"], run.Shown(2));
    }

    [Fact]
    public async Task A_cell_that_gives_the_console_another_writer_does_so_for_itself_alone()
    {
        var run = await Cells.RunAsync("Console.SetOut(new System.IO.StringWriter()); Console.Write(1);", "Console.Write(2);");

        Assert.Equal([[], ["stdout: 2"]], new[] { run.Shown(0).ToArray(), [.. run.Shown(1)] });
    }

    [Fact]
    public async Task What_native_code_or_a_raw_stream_prints_is_no_report()
    {
        var run = await Cells.RunAsync(
            "using (var raw = Console.OpenStandardOutput()) raw.Write(new byte[] { 3, 0, 0, 0, 0, 10 }, 0, 6);\n\"kept\"",
            "Console.Write(1)");

        Assert.Null(run.Failure);
        Assert.Equal(["value: kept"], run.Shown(0));
        Assert.Equal(["stdout: 1"], run.Shown(1));
    }

    [Fact]
    public async Task Half_a_character_becomes_a_replacement_character_and_a_whole_one_in_two_writes_stays_whole()
    {
        var run = await Cells.RunAsync(
            "Console.Write(\"😀\"[..1]);",
            "foreach (var c in \"a😀\") Console.Write(c);",
            "\"x😀\"[..2]",
            "throw new Exception(\"y😀\"[..2]);");

        Assert.Equal(["stdout: \uFFFD"], run.Shown(0));
        Assert.Equal(["stdout: a😀"], run.Shown(1));
        Assert.Equal(["value: x\uFFFD"], run.Shown(2));
        Assert.Equal(["error: Exception: y\uFFFD"], run.Shown(3));
        Assert.Equal(run.Executed.ToJson(), Notebook.Parse(run.Executed.ToJson(), Cells.File).ToJson());
    }

    [Fact]
    public async Task Endless_printing_is_cut_with_a_note_and_given_up_in_time()
    {
        var clock = System.Diagnostics.Stopwatch.StartNew();
        var run = await Cells.RunAsync(
            Cells.Code("1", "while (true) Console.WriteLine(new string('x', 1000));"), timeout: TimeSpan.FromSeconds(15));

        Assert.Equal((2, "TimeoutException"), (run.Failure!.Cell, run.Failure.Name));
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(120), $"{clock.Elapsed}"); // start of the process included
        var printed = Assert.IsType<StreamOutput>(run.Executed.Cells[1].Outputs[0]).Text;
        Assert.InRange(printed.Length, 1_900_000, 2_100_000);
        Assert.EndsWith("the rest is left out.]\n", printed);
    }
}
