using Urial.Notebooks;

namespace Urial.Tests;

[Collection(NotebookCollection.Name)]
public sealed class NotebookRunnerTests
{
    [Fact]
    public async Task State_and_usings_are_kept_from_cell_to_cell()
    {
        var run = await Cells.RunAsync(
            "var numbers = new List<int> { 1, 2 };\nint Twice(int x) => 2 * x;\nrecord Point(int X, int Y);",
            "using System.Globalization;\nnumbers.Add(Twice(4));\nvar p = new Point(1, 2);",
            "numbers.Sum() + p.Y + CultureInfo.InvariantCulture.Name.Length");

        Assert.Null(run.Failure);
        Assert.Equal(["value: 13"], run.Shown(2));
        Assert.Equal([1, 2, 3], run.Executed.Cells.Select(c => c.ExecutionCount!.Value));
    }

    [Fact]
    public async Task Displays_and_both_streams_keep_their_order()
    {
        var run = await Cells.RunAsync("""
            Console.Write("a");
            Console.WriteLine("b");
            display("c");
            "d".Display();
            await Task.Run(() => Console.Write("e"));
            Console.Error.WriteLine("f");
            Console.WriteLine("{0:0.0}", 1.25);
            "g"
            """);

        Assert.Equal(
            ["stdout: ab\n", "display: c", "display: d", "stdout: e", "stderr: f\n", "stdout: 1.3\n", "value: g"],
            run.Shown(0));
    }

    [Fact]
    public async Task Only_a_last_expression_with_a_value_is_shown()
    {
        var run = await Cells.RunAsync("Math.Abs(1);", "1 + 1", "int[] a = [1]; a = null;", "Console.Write(\"\")", "  \n",
            "await Task.FromResult(7)");

        Assert.Null(run.Failure);
        Assert.Equal([0, 1, 0, 0, 0, 1], run.Executed.Cells.Select(c => c.Outputs.Count));
        Assert.Null(run.Executed.Cells[4].ExecutionCount);
        Assert.Equal(["value: 7"], run.Shown(5));
    }

    [Fact]
    public async Task Values_go_through_the_formatters_and_carry_no_style_sheet()
    {
        var run = await Cells.RunAsync(
            "new[] { new { Name = \"x<y\", Value = 1 } }",
            "using Microsoft.DotNet.Interactive.Formatting;\npublic sealed class Colour { }\nFormatter.Register<Colour>((c, w) => "
                + "w.Write(\"<b>red</b>\"), \"text/html\");\nnew Colour()",
            "HTML(\"<i>i</i>\")",
            "display(5, \"text/html\"); display(null);");

        Assert.Null(run.Failure);
        var html = Assert.IsType<DisplayOutput>(run.Executed.Cells[0].Outputs[0]).Text(MimeTypes.Html)!;
        Assert.Contains("x&lt;y", html);
        Assert.DoesNotContain("<style", html);
        Assert.Equal("<b>red</b>", Assert.IsType<DisplayOutput>(run.Executed.Cells[1].Outputs[0]).Text(MimeTypes.Html));
        Assert.Equal("<i>i</i>", Assert.IsType<DisplayOutput>(run.Executed.Cells[2].Outputs[0]).Text(MimeTypes.Html));
        Assert.Equal(["display: 5", "display: <null>"], run.Shown(3));
    }

    [Fact]
    public async Task Script_is_never_saved_as_html()
    {
        var run = await Cells.RunAsync("HTML(\"<script>alert(1)</script>\")");

        Assert.Equal([MimeTypes.Text], Assert.IsType<DisplayOutput>(run.Executed.Cells[0].Outputs[0]).Data.Keys);
    }

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

    [Fact]
    public async Task Warnings_are_shown_as_a_reader_sees_them()
    {
        var run = await Cells.RunAsync("string? name = null;\nname is null");

        Assert.Null(run.Failure);
        Assert.StartsWith("stderr: \n(1,7): warning CS8632: The annotation for nullable reference types", run.Shown(0).First());
        Assert.Equal("value: True", run.Shown(0).Last());
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
    public async Task The_usings_are_the_kernels_and_no_more()
    {
        Assert.Contains("CS0103", (await Cells.RunAsync("File.Exists(\"x\")")).Failure!.Message);
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
    public async Task Two_runs_write_the_same_bytes()
    {
        var notebook = Cells.Code("var r = new Random(1);\nnew { A = r.NextDouble(), B = typeof(Console) }", "throw new Exception(\"x\");");

        var (one, other) = (await Cells.RunAsync(notebook), await Cells.RunAsync(notebook));

        Assert.Equal(one.Executed.ToJson(), other.Executed.ToJson());
    }

    [Fact]
    public async Task The_notebooks_folder_is_current_while_it_runs()
    {
        var folder = Directory.CreateTempSubdirectory("urial-").FullName;
        var run = await Cells.RunAsync(Cells.Code("Environment.CurrentDirectory"), folder);

        Assert.Equal([$"value: {folder}"], run.Shown(0));
        Directory.Delete(folder, recursive: true);
    }

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
            Cells.Code("1", "while (true) Console.WriteLine(new string('x', 1000));"), timeout: TimeSpan.FromSeconds(8));

        Assert.Equal((2, "TimeoutException"), (run.Failure!.Cell, run.Failure.Name));
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(120), $"{clock.Elapsed}"); // start of the process included
        var printed = Assert.IsType<StreamOutput>(run.Executed.Cells[1].Outputs[0]).Text;
        Assert.InRange(printed.Length, 1_900_000, 2_100_000);
        Assert.EndsWith("the rest is left out.]\n", printed);
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
