using System.Text.Json;
using System.Text.Json.Nodes;
using Urial.Cli;
using Urial.MicroWorld;
using Urial.Tests.Models;

namespace Urial.Tests.Explore;

/// <summary>The page's numbers are those of <c>urial shift</c>, as they are decoded and at the end.</summary>
public sealed class ExploreNumbersTests(ExploreSite site) : IClassFixture<ExploreSite>
{
    private static readonly (string Ours, string File)[] Columns =
    [
        ("base", "base_prob"), ("aligned", "aligned_prob"), ("kl", "kl_aligned_base"), ("lk", "kl_base_aligned"), ("js", "js"),
        ("baseEntropy", "base_entropy"), ("alignedEntropy", "aligned_entropy"), ("rank", "base_rank"), ("id", "token_id"),
    ];

    [Theory]
    [InlineData("zero-shot", null, "zero-shot")]
    [InlineData("urial", 3, "micro-urial-3")]
    [InlineData("urial", 8, "micro-urial-8")]
    public async Task They_equal_those_of_the_command_position_by_position(string style, int? k, string option)
    {
        var (tokens, answer) = await site.Ask(ExploreSite.Asked(style: style, k: k));
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("q.jsonl"), new JsonObject { ["id"] = "q", ["instruction"] = ExploreSite.Question }.ToJsonString());
        var error = new StringWriter();
        Assert.True(0 == await Program.Run(["shift", "--base", MicroModels.Base, "--aligned", MicroModels.Dpo, "--queries",
            folder.File("q.jsonl"), "--base-prompt-style", option, "--max-new-tokens", "160", "--format", "jsonl", "--out",
            folder.File("run")], TextWriter.Null, error), error.ToString());
        var lines = File.ReadAllLines(Path.Combine(folder.File("run"), "positions.jsonl"))
            .Select(line => JsonDocument.Parse(line).RootElement).ToList();
        var positions = ExploreSite.PositionsOf(answer);
        Assert.Equal(lines.Count, positions.Count);
        Assert.Equal(lines.Count, tokens.Count);
        Assert.True(lines.Count > 20);
        foreach (var (line, place) in lines.Select((line, place) => (line, place)))
            foreach (var (ours, file) in Columns)
            {
                Assert.Equal(line.GetProperty(file).GetDouble(), positions[place].GetProperty(ours).GetDouble(), 1e-9);
                // A pass a token adds up in another order where weights are not packed.
                Assert.Equal(line.GetProperty(file).GetDouble(), tokens[place].GetProperty(ours).GetDouble(), 1e-4);
            }
        Assert.True(answer.GetProperty("ended").GetBoolean());
    }

    [Theory]
    [InlineData("vanilla-icl", 3)]
    [InlineData("chat", null)]
    public async Task A_given_answer_is_scored_under_any_prompt_and_under_the_control(string style, int? k)
    {
        var own = ShiftAnalysis.Ask(site.Pair, ExploreSite.Question, new ShiftOptions { Top = 6, MaxNewTokens = 160 });
        IPromptStyle read = style == "chat" ? new ChatStyle(site.Pair.Aligned)
            : new VanillaIcl([.. PromptStyles.OwnPool("micro-plain").Take(3)]);
        var scored = ShiftAnalysis.Run(site.Pair, [ShiftQuery.Of("q", ExploreSite.Question, own.AnswerIds)],
            new ShiftOptions { BaseStyle = read, Top = 6 })[0];
        var control = PromptControl.Of(site.Pair, [scored])[0];
        foreach (var (expected, isControl) in new[] { (scored, false), (control, true) })
        {
            var (_, body) = await site.Post("score", ExploreSite.Asked(style: style, k: k, control: isControl, ids: own.AnswerIds));
            var positions = ExploreSite.PositionsOf(JsonDocument.Parse(body).RootElement);
            Assert.Equal(expected.Positions.Count, positions.Count);
            foreach (var (shift, ours) in expected.Positions.Zip(positions))
            {
                Assert.Equal((shift.BaseRank, shift.TokenId, shift.IsEos),
                    (ours.GetProperty("rank").GetInt32(), ours.GetProperty("id").GetInt32(), ours.GetProperty("eos").GetBoolean()));
                Assert.Equal(shift.KlAlignedBase, ours.GetProperty("kl").GetDouble(), 1e-9);
                Assert.Equal(shift.BaseTop.Select(top => top.Id),
                    ours.GetProperty("baseTop").EnumerateArray().Select(top => top[0].GetInt32()));
            }
        }
        // The aligned model's own template leaves the control nothing to shift.
        if (style == "chat")
            Assert.All(control.Positions, shift => Assert.Equal(0, shift.KlAlignedBase, 1e-9));
    }

    [Fact]
    public async Task An_edited_prompt_is_read_as_it_stands()
    {
        var ids = site.Pair.Tokenizer.Encode("Nepal is a country.");
        const string Edited = "Somebody asks: What do you know about Nepal?\nAnswer: ";
        var asked = ExploreSite.Asked(ids: ids);
        asked["style"]!["text"] = Edited;
        var (_, body) = await site.Post("score", asked);
        var chat = new ChatStyle(site.Pair.Aligned).Prompt(ExploreSite.Question).Spelled(site.Pair.Tokenizer);
        var expected = ShiftAnalysis.Score(site.Pair, "q", "", Edited, chat, ids, top: 1);
        Assert.Equal(expected.Positions.Select(shift => shift.BaseRank),
            ExploreSite.PositionsOf(JsonDocument.Parse(body).RootElement).Select(position => position.GetProperty("rank").GetInt32()));
        var (_, prompt) = await site.Post("prompt", ExploreSite.Asked());
        Assert.Equal(new ZeroShotStyle().Prompt(ExploreSite.Question).Spelled(site.Pair.Tokenizer),
            JsonDocument.Parse(prompt).RootElement.GetProperty("text").GetString());
    }

    [Fact]
    public async Task A_branch_begins_with_what_was_forced_and_either_model_goes_on()
    {
        var (_, whole) = await site.Ask(ExploreSite.Asked());
        int[] begun = [.. ExploreSite.IdsOf(whole)[..4], site.Pair.Tokenizer.Encode(" Hello")[0]];
        foreach (var blend in new[] { 1.0, 0.0 })
        {
            var (tokens, answer) = await site.Ask(ExploreSite.Asked(blend: blend, ids: begun));
            var ids = ExploreSite.IdsOf(answer);
            Assert.Equal(begun, ids[..begun.Length]);
            Assert.True(ids.Length > begun.Length);
            Assert.Equal(begun.Length - 1, tokens[0].GetProperty("at").GetInt32());
            // Whoever goes on takes its own first choice everywhere.
            var positions = ExploreSite.PositionsOf(answer).Skip(begun.Length).ToList();
            Assert.All(positions, position => Assert.Equal(position.GetProperty("id").GetInt32(),
                position.GetProperty(blend == 1 ? "alignedTop" : "baseTop")[0][0].GetInt32()));
        }
    }

    [Fact]
    public async Task Tokens_of_the_micro_world_have_labels_and_no_others()
    {
        var query = QueryFile.Read(QueryFile.HeldOutPath)[1];
        var (_, known) = await site.Ask(ExploreSite.Asked(query.Query.Text));
        var expected = MicroShift.Ask(site.Pair, query, new ShiftOptions { MaxNewTokens = 160 });
        Assert.Equal(expected.Labels, ExploreSite.PositionsOf(known).Select(position => position.GetProperty("label").GetString()));
        var (_, unknown) = await site.Ask(ExploreSite.Asked("How tall is the tower that nobody built?"));
        Assert.False(unknown.GetProperty("labelled").GetBoolean());
    }

    [Fact]
    public async Task A_conversation_goes_on_and_its_turns_have_an_order()
    {
        var asked = ExploreSite.Asked();
        asked["turns"] = new JsonArray(
            Turn("user", ExploreSite.Question), Turn("assistant", "It lies in Asia."), Turn("user", "And Peru?"));
        var (_, answer) = await site.Ask(asked);
        Assert.NotEmpty(ExploreSite.IdsOf(answer));
        asked["turns"] = new JsonArray(Turn("user", ExploreSite.Question), Turn("user", "And Peru?"));
        var (status, body) = await site.Post("ask", asked);
        Assert.Equal(400, (int)status);
        Assert.Contains("user and assistant must alternate", body);

        static JsonObject Turn(string role, string content) => new() { ["role"] = role, ["content"] = content };
    }
}
