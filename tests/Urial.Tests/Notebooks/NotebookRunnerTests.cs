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
    public async Task Warnings_are_shown_as_a_reader_sees_them()
    {
        var run = await Cells.RunAsync("string? name = null;\nname is null");

        Assert.Null(run.Failure);
        Assert.StartsWith("stderr: \n(1,7): warning CS8632: The annotation for nullable reference types", run.Shown(0).First());
        Assert.Equal("value: True", run.Shown(0).Last());
    }

    [Fact]
    public async Task The_usings_are_the_kernels_and_no_more()
    {
        Assert.Contains("CS0103", (await Cells.RunAsync("File.Exists(\"x\")")).Failure!.Message);
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
}
