using Urial.Notebooks;

namespace Urial.Tests;

/// <summary>Cells that fail, do not end, or take their process along.</summary>
[Collection(NotebookCollection.Name)]
public sealed class CellFaultTests
{
    [Fact]
    public async Task A_compile_error_names_cell_line_and_column_and_ends_the_run()
    {
        var run = await Cells.RunAsync("var a = 1;", "var b = 2;\nvar c = missing;", "a");

        Assert.Equal(new CellFailure(Cells.File, 2, 2, "CompilationError",
            "CS0103: The name 'missing' does not exist in the current context"), run.Failure);
        var error = Assert.IsType<ErrorOutput>(run.Executed.Cells[1].Outputs[0]);
        Assert.Equal(
            ["99-tiny.ipynb, cell [2], line 2: error CS0103: The name 'missing' does not exist in the current context",
                "    var c = missing;", "            ^"],
            error.Traceback);
        Assert.Empty(run.Executed.Cells[2].Outputs);
        Assert.Null(run.Executed.Cells[2].ExecutionCount);
    }

    [Fact]
    public async Task An_exception_names_every_cell_on_its_way_and_no_folder()
    {
        var run = await Cells.RunAsync(
            "void Fail(string path)\n{\n    throw new ArgumentException($\"no {path}\");\n}",
            "Console.Write(\"before\");\nFail(Environment.CurrentDirectory + \"/x.json\");");

        Assert.Equal(["stdout: before", "error: ArgumentException: no x.json"], run.Shown(1));
        Assert.Equal((2, 2), (run.Failure!.Cell, run.Failure.Line));
        var error = Assert.IsType<ErrorOutput>(run.Executed.Cells[1].Outputs[1]);
        Assert.Equal(
            ["ArgumentException: no x.json",
             "  at 99-tiny.ipynb, cell [1], line 3: throw new ArgumentException($\"no {path}\");",
             "  at 99-tiny.ipynb, cell [2], line 2: Fail(Environment.CurrentDirectory + \"/x.json\");"],
            error.Traceback);
    }

    [Fact]
    public async Task An_error_from_the_library_names_its_method_and_what_is_behind_it()
    {
        var run = await Cells.RunAsync(
            "#r \"../lib/bin/Urial.dll\"\nusing Urial;",
            "await Task.Yield();\nTask.Run(() => AtomicFile.WriteText(\"/dev/null/x\", \"\")).Wait();");

        Assert.Equal("WriteException", run.Failure!.Name);
        var traceback = Assert.IsType<ErrorOutput>(run.Executed.Cells[1].Outputs[0]).Traceback;
        // WriteText calls it, and may be inlined
        Assert.Contains(traceback, line => line.StartsWith("  at AtomicFile.Write", StringComparison.Ordinal));
        Assert.Contains(traceback, line => line.StartsWith("  at 99-tiny.ipynb, cell [2], line 2: Task.Run(", StringComparison.Ordinal));
        Assert.DoesNotContain(traceback,
            line => line.Contains("Microsoft.CodeAnalysis", StringComparison.Ordinal) || line.Contains(".cs", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_cell_tagged_as_raising_shows_its_error_and_the_run_goes_on()
    {
        var raising = new NotebookCell(CellKind.Code, "a", "var kept = 3;\nthrow new Exception(\"on purpose\");",
            new() { ["tags"] = new System.Text.Json.Nodes.JsonArray("raises-exception") });
        var run = await Cells.RunAsync(new Notebook(Cells.File, [raising, Cells.Cell(CellKind.Code, "kept", 1)]));

        Assert.Null(run.Failure);
        Assert.Equal(["error: Exception: on purpose"], run.Shown(0));
        Assert.Equal(["value: 3"], run.Shown(1));
    }

    [Theory]
    [InlineData("#r \"../lib/none/Urial.dll\"", "dotnet build")]
    [InlineData("#r \"nuget: Plotly.NET\"", "../lib/bin/Urial.dll")]
    [InlineData("#!time\n1", "magic command")]
    public async Task What_would_not_run_everywhere_is_refused_with_a_remedy(string source, string remedy)
    {
        var run = await Cells.RunAsync("// a comment\n" + source);

        Assert.Equal((1, 2), (run.Failure!.Cell, run.Failure.Line));
        Assert.Contains(remedy, run.Failure.Message);
    }

    [Fact]
    public async Task A_cell_that_does_not_end_is_given_up()
    {
        var run = await Cells.RunAsync(
            Cells.Code("new System.Threading.ManualResetEventSlim().Wait();"), timeout: TimeSpan.FromSeconds(1));

        Assert.Equal("TimeoutException", run.Failure!.Name);
        Assert.Equal(["error: TimeoutException: The cell ran for more than 1 seconds and was given up."], run.Shown(0));
    }

    [Fact]
    public async Task A_cancelled_run_ends_although_its_cell_does_not()
    {
        using var cancel = new CancellationTokenSource();
        var run = new NotebookRunner().RunAsync(
            Cells.Code("new System.Threading.ManualResetEventSlim().Wait();"), Path.GetTempPath(), _ => cancel.CancelAfter(200),
            cancel.Token);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run);
    }

    [Fact]
    public async Task A_process_that_dies_takes_no_output_of_earlier_cells_away_and_is_no_empty_cell()
    {
        var dying = new NotebookCell(CellKind.Code, "dying", "Console.Write(\"last\"); Environment.FailFast(\"on purpose\");",
            new() { ["tags"] = new System.Text.Json.Nodes.JsonArray("raises-exception") });
        var run = await Cells.RunAsync(
            new Notebook(Cells.File, [Cells.Cell(CellKind.Code, "\"first\"", 1), dying, Cells.Cell(CellKind.Code, "3", 3)]));

        Assert.Equal((2, "ProcessEnded"), (run.Failure!.Cell, run.Failure.Name));
        Assert.Contains("on purpose", run.Failure.Message);
        Assert.Equal(["value: first"], run.Shown(0));
        Assert.Equal("stdout: last", run.Shown(1).First());
        Assert.Null(run.Executed.Cells[2].ExecutionCount);
    }
}
