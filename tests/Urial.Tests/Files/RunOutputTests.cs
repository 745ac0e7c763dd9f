using Urial.Tests.Models;

namespace Urial.Tests.Files;

/// <summary>What a run writes, whoever runs: it goes on where it was, and leaves the lines in the input's order.</summary>
public sealed class RunOutputTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Path => _folder.File("out.jsonl");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_run_goes_on_with_what_stays_and_tries_the_rest_again()
    {
        File.WriteAllText(Path, "{\"id\":\"c\",\"is\":\"good\"}\n{\"id\":\"a\",\"is\":\"bad\"}\n{\"id\":\"b\",\"is\":\"go");
        using (var output = Open())
        {
            Assert.Equal((1, 1), (output.Earlier, output.Count));
            Assert.Equal((false, false, true), (output.Has("a"), output.Has("b"), output.Has("c")));
            Assert.Equal("{\"id\":\"c\",\"is\":\"good\"}\n", File.ReadAllText(Path)); // before anything new is paid for
            Append(output, "b");
            Assert.Equal(2, File.ReadAllLines(Path).Length); // while the run still has the file
            Append(output, "a");
            output.Finish(["a", "b", "c", "d"]);
        }
        Assert.Equal("{\"id\":\"a\",\"is\":\"good\"}\n{\"id\":\"b\",\"is\":\"good\"}\n{\"id\":\"c\",\"is\":\"good\"}\n",
            File.ReadAllText(Path));
        using var again = Open();
        Assert.Equal(["good", "good", "good"], again.Items);
        Assert.Equal(3, again.Earlier);
    }

    [Theory]
    [InlineData("{\"id\":\"a\"}\n", "line 1 is no verdict: The field \"is\" is missing. The run cannot go on with this file")]
    [InlineData("{\"id\":\"a\",\"is\":\"good\"}\n{\"id\":\"a\",\"is\":\"good\"}\n",
        "line 2 is no verdict: The id \"a\" is already used in line 1")]
    [InlineData("{\"id\":\"a\",\"is\":\"good\"}\n{\n{\"id\":\"b\",\"is\":\"good\"}\n", "line 2 is no verdict: The line is not valid JSON")]
    [InlineData("{\"id\":\"a\",\"is\":\"foreign\"}\n", "another run's")]
    public void A_file_that_is_not_of_this_run_is_left_alone(string content, string message)
    {
        File.WriteAllText(Path, content);
        Assert.Contains(message, Assert.Throws<UrialException>(Open).Message);
        Assert.Equal(content, File.ReadAllText(Path));
    }

    [Fact]
    public void A_step_is_told_about_ten_times_and_at_its_end()
    {
        Assert.Equal(10, Enumerable.Range(1, 1000).Count(done => new RunStep("x", done, 1000).IsTenth));
        Assert.Equal([1, 2, 3], Enumerable.Range(1, 3).Where(done => new RunStep("x", done, 3).IsTenth));
        Assert.True(new RunStep("x", 17, 17).IsTenth);
    }

    private RunOutput<string> Open() => new(Path, "verdict", line => line.Need("is"), (_, verdict) => verdict switch
    {
        "foreign" => throw new UrialException("The file is another run's."),
        _ => verdict == "good",
    });

    private static void Append(RunOutput<string> output, string id) => output.Append([(id, "good", json =>
    {
        json.WriteStartObject();
        json.WriteId(id, isNumber: false);
        json.WriteString("is", "good");
        json.WriteEndObject();
    })]);
}
