using CsCheck;

namespace Urial.Tests.Models;

public sealed class StopStringsTests
{
    private const string Fenced = "# Query:\n```\nWhy?\n```\n\n# Answer:\n```\n";
    private const string Plain = "# User:\nWhy?\n\n\n# Assistant:\n";
    private const string Fence = "\n```";

    [Theory]
    [InlineData("Because.\n```\n\n# Query:", "Because.")]
    [InlineData("Because.\n```\n", "Because.")]
    [InlineData("Because.\n```  \n", "Because.")] // a fence may be followed by spaces
    [InlineData("Because.\n````\n", "Because.")] // and be longer
    [InlineData("So:\n```python\nx = 1\n```\nDone.\n```\n", "So:\n```python\nx = 1\n```\nDone.")]
    [InlineData("So:\n```python\nx = 1\n```\n```\n", "So:\n```python\nx = 1\n```")]
    [InlineData("```python\nx = 1\n```\nDone.\n```\n", "```python\nx = 1\n```\nDone.")] // the block opens the answer
    [InlineData("A:\n```sh\n1\n```\nB:\n```sh\n2\n```\nEnd\n```\n", "A:\n```sh\n1\n```\nB:\n```sh\n2\n```\nEnd")]
    [InlineData("A:\n````md\n```\n1\n```\n````\nEnd\n```\n", "A:\n````md\n```\n1\n```\n````\nEnd")] // a longer fence holds shorter ones
    [InlineData("A:\n```md\n```sh\n1\n```\nEnd\n```\n", "A:\n```md\n```sh\n1\n```\nEnd")] // a fence with an info string closes nothing
    [InlineData("```\n\n# Query:", "")] // the line break before the fence is the prompt's
    [InlineData("Say\n```x``` twice\n", "Say")] // backticks behind it: no fence, and the stop string as it stands
    [InlineData("Say\n    ```\nmore\n```\n", "Say\n    ```\nmore")] // four spaces: no fence
    public void A_fence_that_closes_the_prompts_is_the_stop_and_an_inner_one_is_not(string answer, string text) =>
        Assert.Equal(text, Cut(answer, Fenced, Fence));

    [Theory]
    [InlineData("Because.\n\n# Query:\n", "Because.\n\n")]
    [InlineData("Run\n```sh\n# Query the disk\n```\nDone.\n\n# Query:", "Run\n```sh\n# Query the disk\n```\nDone.\n\n")]
    [InlineData("Run\n```\n# Query the disk\n```\nDone.", null)] // a bare fence opens a block where the prompt has none open
    [InlineData("Run\n```\n# Query the disk\n", null)] // and the block that stays open ends with the text
    [InlineData("Run\n~~~\n# Query", "Run\n~~~\n")] // tildes are not looked for
    [InlineData("Run ```\n# Query", "Run ```\n")] // a fence begins its line
    public void A_stop_string_in_a_code_block_does_not_cut(string answer, string? text) =>
        Assert.Equal(text, Cut(answer, Plain, "# Query"));

    [Theory]
    [InlineData("Because.\n```\n\n# Query:", "Because.\n```\n\n")]
    // behind the closed fence everything counts
    [InlineData("Because.\n```\n\n# Answer:\n```\nAgain.\n# Query", "Because.\n```\n\n# Answer:\n```\nAgain.\n")]
    [InlineData("Run\n```sh\n# Query the disk\n```\nDone.\n```\n# Query", "Run\n```sh\n# Query the disk\n```\nDone.\n```\n")]
    public void In_a_fenced_layout_a_bare_fence_opens_nothing(string answer, string? text) =>
        Assert.Equal(text, Cut(answer, Fenced, "# Query"));

    [Fact]
    public void The_string_that_is_complete_first_counts_and_of_these_the_one_that_begins_first()
    {
        Assert.Equal("a", Cut("abcd", Plain, "bc", "bcd"));
        Assert.Equal("ab", Cut("abcd", Plain, "abcde", "c", "cd"));
        Assert.Equal("", Cut("abcd", Plain, "c", "abc"));
    }

    [Fact]
    public void The_prompts_line_break_is_lent_to_a_fence_only()
    {
        Assert.Null(Cut("\nOn.", Plain, "\n\n"));
        Assert.Equal("On.", Cut("On.\n\nOff", Plain, "\n\n"));
        Assert.Null(Cut("```\n", "Answer: ", Fence)); // not at the beginning of a line
    }

    [Fact]
    public void A_fence_waits_for_the_end_of_its_line()
    {
        var stops = new StopStrings([Fence], Fenced);
        Assert.Null(stops.Cut("So\n```"));
        Assert.Null(stops.Cut("So\n``` "));
        Assert.Equal(2, stops.Cut("So\n```\n"));
        Assert.Equal(2, stops.Cut("So\n```", ended: true));
        Assert.Null(stops.Cut("So\n```py", ended: true));
        Assert.Equal(2, new StopStrings(["# Query"], Plain).Cut("So# Query")); // no fence can come of this line
    }

    [Fact]
    public void What_is_found_early_stays_wherever_token_borders_lie()
    {
        var letters = OneOf<string>("`", "```", "\n", "a", " ", "# Query", "Qu", "```sh\n", "\n```\n");
        var prompt = OneOf<string>(Fenced, Plain, "Say: ", "");
        var stops = OneOf<string[]>([Fence], ["# Query"], ["# Query", Fence], ["```"], ["\n\n", "a"], ["```\n# Query"]);
        Gen.Select(letters.Array[0, 12], prompt, stops).Sample((parts, before, strings) =>
        {
            var whole = string.Concat(parts);
            var stop = new StopStrings(strings, before);
            var last = stop.Cut(whole, ended: true);
            int? found = null;
            for (var length = 0; length <= whole.Length; length++)
            {
                var now = stop.Cut(whole[..length]);
                if (found is not null && now != found)
                    return false;
                found = now;
                if (now is not null && now != last)
                    return false;
            }
            // What is cut off begins with a stop string, whose line break may be the prompt's.
            return last is null || strings.Any(s => whole[last.Value..].StartsWith(s, StringComparison.Ordinal)
                || (last == 0 && before is "" or [.., '\n'] && ('\n' + whole).StartsWith(s, StringComparison.Ordinal)));
        }, iter: 20_000);
    }

    [Fact]
    public void An_empty_stop_string_is_refused() =>
        Assert.Contains("A stop string is empty",
            Assert.Throws<UrialException>(new GenerationOptions { Stop = ["# Query", ""] }.Check).Message);

    private static string? Cut(string answer, string prompt, params string[] stops) =>
        new StopStrings(stops, prompt).Cut(answer, ended: true) is { } cut ? answer[..cut] : null;

    private static Gen<T> OneOf<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(place => values[place]);
}
