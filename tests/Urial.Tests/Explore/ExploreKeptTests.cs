using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Urial.Explore;
using Urial.Notebooks;
using Urial.Tests.Models;

namespace Urial.Tests.Explore;

/// <summary>What a live page keeps: a page of its own, and a notebook that computes it again.</summary>
public sealed class ExploreKeptTests(ExploreSite site) : IClassFixture<ExploreSite>
{
    [Theory]
    [InlineData("urial", 3, false, null)]
    [InlineData("chat", null, true, null)]
    [InlineData("zero-shot", null, false, "\"\"\"; Environment.Exit(3); //\n\\{0}\u202E What do you know about Nepal? ")]
    public async Task A_notebook_computes_the_same_numbers_again(string style, int? k, bool control, string? prompt)
    {
        var asked = ExploreSite.Asked(style: style, k: k, control: control);
        if (prompt is not null)
            asked["style"]!["text"] = prompt;
        var (_, answer) = await site.Ask(asked);
        asked["answers"] = new JsonArray(
            new JsonObject { ["ids"] = ExploreSite.Ids(ExploreSite.IdsOf(answer)), ["name"] = "the answer <b>`#r nuget`" },
            new JsonObject { ["ids"] = ExploreSite.Ids([78, 789]), ["name"] = "two\n#!bash", ["begun"] = 1 });
        using var folder = new TemporaryFolder();
        var (_, body) = await site.Post("notebook", asked);
        File.WriteAllText(folder.File("live.ipynb"), body);
        var notebook = Notebook.Load(folder.File("live.ipynb"));
        var kl = string.Join(", ", ExploreSite.PositionsOf(answer).Select(position => position.GetProperty("kl").GetRawText()));
        var run = await Cells.RunAsync(new Notebook(Cells.File, [.. notebook.Cells, Cells.Cell(CellKind.Code,
            $"new[] {{ {kl} }}.Zip(answer1.Positions).Max(p => Math.Abs(p.First - p.Second.KlAlignedBase)) < 1e-9", 99)]));
        Assert.True(run.Failure is null, run.Failure?.Message);
        Assert.Equal("value: True", run.Shown(notebook.Cells.Count).Single());
        Assert.Contains(Enumerable.Range(0, notebook.Cells.Count).SelectMany(run.Shown), shown => shown.Contains("the same tokens"));
    }

    [Fact]
    public async Task A_page_has_the_answers_and_what_made_them()
    {
        var (_, answer) = await site.Ask(ExploreSite.Asked(style: "urial", k: 3));
        var asked = ExploreSite.Asked(style: "urial", k: 3, ids: ExploreSite.IdsOf(answer));
        var (status, page) = await site.Post("page", asked);
        Assert.Equal(200, (int)status);
        Assert.Contains("micro-urial-3: K = 3", page);
        Assert.Contains($"n = {ExploreSite.PositionsOf(answer).Count} tokens of 1 answers", page);
        Assert.Contains("id=\"urial-manifest\"", page);
        asked["control"] = true;
        Assert.Contains("This is the control", (await site.Post("page", asked)).Body);
        asked["style"] = new JsonObject { ["name"] = "zero-shot", ["text"] = "Say: " };
        Assert.Contains("edited by hand", (await site.Post("page", asked)).Body);
    }

    [Fact]
    public async Task A_page_of_an_edited_prompt_names_no_style_and_an_answer_that_ended_at_a_stop_string_ended()
    {
        // The base model's answer under URIAL ends at a stop string, which is no part of its ids.
        var (_, answer) = await site.Ask(ExploreSite.Asked(style: "urial", k: 3, blend: 0));
        Assert.True(answer.GetProperty("stopped").GetBoolean());
        var asked = ExploreSite.Asked(style: "urial", k: 3, ids: ExploreSite.IdsOf(answer));
        Assert.Contains("did not end", (await site.Post("page", asked)).Body);
        asked["answers"]![0]!["stopped"] = true;
        Assert.Contains("all of them ended", (await site.Post("page", asked)).Body);
        asked["style"] = new JsonObject { ["name"] = "zero-shot", ["text"] = "Say what you know of Nepal: " };
        var (status, page) = await site.Post("page", asked);
        Assert.Equal(200, (int)status);
        Assert.Contains("all of them ended", page);
        Assert.Contains("<th scope=\"row\">prompts · base · style</th><td>given</td>", page);
        Assert.Contains("<th scope=\"row\">prompts · aligned · style</th><td>chat</td>", page);
        Assert.DoesNotContain("<td>zero-shot</td>", page);
        Assert.Contains("BasePrompt = \"Say what you know of Nepal: \", // edited by hand",
            string.Concat(JsonNode.Parse((await site.Post("notebook", asked)).Body)!["cells"]!.AsArray()
                .SelectMany(cell => cell!["source"]!.AsArray()).Select(line => line!.GetValue<string>())));
    }

    [Fact]
    public void No_text_ends_a_literal() =>
        Assert.Equal("\"a\\\"\\\\\\n\\u202E\\uD83D\\uDE00ä{}\"", SavedNotebook.Literal("a\"\\\n\u202E😀ä{}"));
}
