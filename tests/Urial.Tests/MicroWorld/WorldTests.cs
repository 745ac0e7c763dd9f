using Urial.MicroWorld;

namespace Urial.Tests;

public sealed class WorldTests
{
    private static readonly World World = World.Load();

    [Fact]
    public void ElevenClassesHoldFiveHundredEntitiesWithSixFactsEach()
    {
        Assert.Equal(11, World.Classes.Count);
        Assert.InRange(World.Entities.Count, 500, 560);
        Assert.All(World.Classes, c => Assert.Equal(6, c.Attributes.Count));
        Assert.All(World.Entities, e => Assert.All(e.Class.Attributes, a => Assert.False(string.IsNullOrWhiteSpace(e[a]))));
    }

    [Fact]
    public void ValuesArePlainShortWords() => Assert.All(World.Entities, e => Assert.All(e.Values.Values, v =>
    {
        Assert.InRange(v.Split(' ').Length, 1, 4);
        Assert.DoesNotContain(v, c => c > 127 || c is '"' or '{' or '.');
    }));

    [Fact]
    public void NoValueFillsMoreThanTwoFifthsOfItsColumn() => Assert.All(World.Classes, c => Assert.All(c.Attributes, a =>
        Assert.All(c.Holders[a], h =>
            Assert.True(h.Value.Count <= .4 * c.Entities.Count, $"{c} {a}: {h.Key} {h.Value.Count} of {c.Entities.Count}"))));

    [Fact]
    public void EveryTemplateNamesWhatItSpeaksOf() => Assert.All(World.Classes, c => Assert.All(c.Attributes, a =>
    {
        Assert.All(c.Ask[a], t => Assert.Matches(@"\{(name|bare)\}", t));
        Assert.All(c.Tell[a], t => Assert.Matches(@"\{(name|bare)\}", t));
        Assert.All(c.Tell[a], t => Assert.Matches(@"\{(a )?value\}", t));
        Assert.Matches(@"\{(a )?value\}", c.That[a]);
        Assert.DoesNotContain("{", c.Why[a]);
    }));

    [Fact]
    public void EverySentenceHoldsNameAndValueAndNoLeftover() =>
        Assert.All(World.Entities, e => Assert.All(e.Class.Attributes, a => Assert.All(e.Class.Tell[a], t =>
    {
        var sentence = e.Fill(t, a);
        Assert.Contains(e.Name, sentence, StringComparison.OrdinalIgnoreCase);
        Assert.Contains(e[a], sentence, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotMatch(@"[{}]|\bthe the\b|\bits the\b|  ", sentence);
        Assert.False(char.IsLower(sentence[0]));
    })));

    [Fact]
    public void AClozeLacksOnlyItsValue() => Assert.All(World.Entities, e => Assert.All(e.Class.Attributes, a =>
    {
        var (prompt, value) = e.Cloze(a);
        Assert.StartsWith($"The {a} of {e.Reference} is", prompt);
        Assert.Equal(e[a], value);
        Assert.False(prompt.EndsWith(' '));
    }));

    [Fact]
    public void NearlyAThirdIsHeldOutInEveryClass()
    {
        Assert.InRange(World.HeldOut.Count / (double)World.Entities.Count, .22, .36);
        Assert.All(World.Classes, c => Assert.InRange(c.Entities.Count(e => e.HeldOut), 4, c.Entities.Count / 2));
        Assert.Equal(World.Entities.Count, World.HeldOut.Count + World.Seen.Count);
    }

    [Fact]
    public void OnlyTheMoonsAreInvented() => Assert.Equal(["moon"], World.Classes.Where(c => c.Invented).Select(c => c.Key));

    [Fact]
    public void TheHashIsTheSameOnEveryMachine()
    {
        Assert.Equal(0xE40C292Cu ^ 0xE40Cu, Entity.StableHash("a")); // FNV-1a of "a" is e40c292c
        Assert.Equal(2166136261u ^ (2166136261u >> 16), Entity.StableHash(""));
    }

    [Theory]
    [InlineData("Paris", "France", "capital")]
    [InlineData("Au", "gold", "symbol")]
    [InlineData("eight", "spider", "leg count")]
    [InlineData("Gustave Eiffel", "Eiffel Tower", "builder")]
    [InlineData("green honey", "Bloopiter", "export")]
    public void FactsAReaderKnows(string value, string name, string attribute) => Assert.Equal(value, World.Find(name)![attribute]);

    [Fact]
    public void NamesAndValuesTakeTheirArticles()
    {
        Assert.Equal("the lion", World.Find("lion")!.Reference);
        Assert.Equal("France", World.Find("France")!.Reference);
        Assert.Equal("the United States", World.Find("United States")!.Reference);
        Assert.Equal("The key equipment of baseball is a bat.",
            World.Find("baseball")!.Fill(World.Class("sport").Tell["equipment"][0], "equipment"));
        Assert.Equal("Basketball is here.", World.Find("basketball")!.Fill("{name} is here."));
        Assert.Equal("The currency of France is the", World.Find("France")!.Cloze("currency").Prompt);
    }

    [Theory]
    [InlineData("zero", 0)]
    [InlineData("nineteen", 19)]
    [InlineData("forty", 40)]
    [InlineData("ninety-five", 95)]
    [InlineData("nine hours", null)]
    [InlineData("ninety-eleven", null)]
    public void NumberWords(string word, int? number) => Assert.Equal(number, Grammar.Number(word));

    [Fact]
    public void AMissingFolderIsNamed() =>
        Assert.Contains("no-such-folder", Assert.Throws<UrialException>(() => World.Load("no-such-folder")).Message);

    [Fact]
    public void ABrokenTableIsNamedWithItsLine()
    {
        var folder = Directory.CreateTempSubdirectory("urial-world");
        try
        {
            foreach (var file in new[] { "animal.questions.json", "articles.json" })
                File.Copy(Repository.Path("data", "world", file), Path.Combine(folder.FullName, file));
            File.WriteAllText(Path.Combine(folder.FullName, "animal.csv"),
                "name,group,food,habitat,young,leg count,special feature\nlion,mammal,meat\n");
            Assert.Contains("animal.csv, line 2", Assert.Throws<UrialException>(() => World.Load(folder.FullName)).Message);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
