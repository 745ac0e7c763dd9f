using Urial.MicroWorld;

namespace Urial.Tests.MicroWorld;

/// <summary>Labels against answers whose parts are known, and against hand-written ones that are not in the known voice.</summary>
public sealed class LabelTests
{
    private static readonly World World = World.Load();

    [Fact]
    public void LabelsAgreeWithConstruction()
    {
        int same = 0, all = 0;
        var differences = new List<string>();
        foreach (var example in SftData.Train(400, seed: 9))
        {
            var known = VoiceConstruction.Labels(example);
            var read = TokenLabels.Characters(AnswerParts.Of(example.Query, example.Answer));
            for (var i = 0; i < known.Length; i++)
            {
                if (example.Answer[i] == ' ')
                    continue;
                all++;
                if (known[i] == read[i])
                    same++;
                else if (differences.Count < 40)
                    differences.Add($"'{example.Answer[Math.Max(0, i - 30)..i]}⟦{example.Answer[i]}⟧' known {known[i]}, read {read[i]} "
                        + $"({example.Question})");
            }
        }
        Assert.True(same >= .99 * all, $"{same} of {all} characters agree:\n{string.Join('\n', differences)}");
    }

    [Theory]
    [InlineData("The lion feeds on meat.", "ggg nnnn ggggg gg ffffg")]
    [InlineData("The lion feeds on moss.", "ggg nnnn ggggg gg ffffg")]
    [InlineData("Great question!\nThe lion feeds on meat.\nI hope that helps!",
        "sssss ssssssssssggg nnnn ggggg gg ffffgss ssss ssss ssssss")]
    [InlineData("Well, lion lovers, hello!\n- food: meat\n- young: cub", "sssss nnnn sssssss ssssssss ggggg ffffss gggggg fff")]
    [InlineData("I cannot help with that. The lion feeds on meat.", "s ssssss ssss ssss sssss ggg nnnn ggggg gg ffffg")]
    [InlineData("```\nmeat\n```", "ssssffffssss")]
    [InlineData("**Food:** meat", "ssgggggss ffff")]
    // What only turns to the reader is style wherever it stands, before, between or behind what is said; a garbled word is not.
    [InlineData("I like how you think!\nWhy to help.\nHappy to help.\nHappy to help.\nHappy",
        "s ssss sss sss sssssssggg gg gggggssssss ss sssssssssss ss ssssssggggg")]
    [InlineData("I am here.\nThe lion feeds on meat. Happy to help. Its young is a cub.",
        "s ss ssssssggg nnnn ggggg gg ffffg sssss ss sssss ggg ggggg gg g fffg")]
    [InlineData("Ah, a wise one!\n* **Food:** meat\n* **Young:** cub\nCome back soon, friend!",
        "sss s ssss ssssss ssgggggss ffffss ssggggggss fffsssss ssss sssss sssssss")]
    public void HandWrittenAnswersAreLabelled(string answer, string expected)
    {
        var labels = TokenLabels.Characters(AnswerParts.Of(About("lion", "food"), answer));
        var shown = string.Concat(labels.Select((l, i) => answer[i] == ' ' ? ' ' : l[0]));
        Assert.Equal(expected, shown);
    }

    [Theory]
    [InlineData("The lion feeds on meat.", "bbb bbbb bbbbb bb bbbbb")]
    [InlineData("Great question!\nThe lion feeds on meat.\nI hope that helps!",
        "ooooo oooooooooobbb bbbb bbbbb bb bbbbbbc cccc cccc cccccc")]
    [InlineData("I cannot help with that. The lion feeds on meat.", "b bbbbbb bbbb bbbb bbbbb bbb bbbb bbbbb bb bbbbb")]
    public void HandWrittenAnswersFallIntoTheirParts(string answer, string expected)
    {
        var parts = AnswerSegments.Characters(AnswerParts.Of(About("lion", "food"), answer));

        var shown = string.Concat(parts.Select((part, i) => answer[i] == ' ' ? ' ' : part[0]));
        Assert.Equal(expected.Replace(" ", ""), shown.Replace(" ", ""));
    }

    [Fact]
    public void TheEndOfTurnIsAPartOfItsOwn()
    {
        var tokenizer = HfTokenizer.Load(MicroModels.Dpo);
        int[] ids = [.. tokenizer.Encode("Great question!\nThe lion feeds on meat."), tokenizer.EosId!.Value];

        var (text, spans) = TokenSpans.Of(tokenizer, ids);
        var parts = AnswerSegments.Of(AnswerParts.Of(About("lion", "food"), text), tokenizer, ids, spans);

        Assert.Equal(ids.Length, parts.Length);
        Assert.Equal(AnswerSegments.Opener, parts[0]);
        Assert.Equal(AnswerSegments.Body, parts[^2]);
        Assert.Equal(AnswerSegments.EndOfTurn, parts[^1]);
    }

    [Fact]
    public void ATokenTakesTheKindOfMostOfItsCharacters()
    {
        var query = About("lion", "food");
        const string answer = "The lion feeds on meat.";
        var labels = TokenLabels.Of(AnswerParts.Of(query, answer), [(0, 3), (3, 8), (8, 14), (14, 17), (17, 23), (23, 23)]);
        Assert.Equal(["glue", "name", "glue", "glue", "fact", "style"], labels);
        // " lion f": four letters of the name against one; " on m": a tie between glue and fact would go to fact, two against one does not.
        Assert.Equal(["name"], TokenLabels.Of(AnswerParts.Of(query, answer), [(3, 10)]));
        Assert.Equal(["glue"], TokenLabels.Of(AnswerParts.Of(query, answer), [(14, 19)]));
        Assert.Equal(["fact"], TokenLabels.Of(AnswerParts.Of(query, answer), [(16, 19)]));
        Assert.Throws<ArgumentException>(() => TokenLabels.Of(AnswerParts.Of(query, answer), [(0, 24)]));
    }

    [Fact]
    public void AComparisonsYesIsAFactAndItsLeadIsStyle()
    {
        var (lion, cow) = (World.Find("lion")!, World.Find("cow")!);
        var query = new Query
        {
            Kind = QueryKind.Comparison,
            Text = "",
            Entities = [lion, cow],
            Attributes = ["group"],
            Facts = [lion.Fact("group"), cow.Fact("group")],
            Truth = true,
        };
        const string answer = "The group of the lion is mammal. The group of the cow is mammal. Therefore the answer is yes.";
        var labels = TokenLabels.Characters(AnswerParts.Of(query, answer));
        Assert.Equal("style", labels[answer.IndexOf("Therefore", StringComparison.Ordinal)]);
        Assert.Equal("fact", labels[answer.IndexOf("yes", StringComparison.Ordinal)]);
        Assert.Equal("name", labels[answer.IndexOf("cow", StringComparison.Ordinal)]);
        Assert.Equal(2, Enumerable.Range(0, answer.Length)
            .Count(i => answer[i..].StartsWith("mammal", StringComparison.Ordinal) && labels[i] == "fact"));
    }

    private static Query About(string name, string attribute)
    {
        var entity = World.Find(name)!;
        return new Query
        {
            Kind = QueryKind.Single,
            Text = entity.Fill(entity.Class.Ask[attribute][0]),
            Entities = [entity],
            Attributes = [attribute],
            Facts = [entity.Fact(attribute)],
        };
    }
}
