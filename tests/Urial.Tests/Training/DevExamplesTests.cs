using Urial.Tests.Models;

namespace Urial.Tests.Training;

/// <summary>What <c>urial tune sft --dev</c> says of dev examples that are learnt from as well.</summary>
public sealed class DevExamplesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public void Dev_examples_that_are_learnt_from_are_counted_aloud(int both)
    {
        static string Line(int i) => $$"""{"instruction": "Which number is {{i}}?", "output": "It is {{i}}."}""";
        File.WriteAllLines(_folder.File("data.jsonl"), Enumerable.Range(0, 4).Select(Line));
        File.WriteAllLines(_folder.File("dev.jsonl"), Enumerable.Range(4 - both, 3).Select(Line));
        List<string> notes = [];
        TuneRun.Execute(new TuneSettings
        {
            BaseDirectory = Repository.Path("data", "models", "micro-base"),
            BaseName = "micro-base",
            DataFile = _folder.File("data.jsonl"),
            DevFile = _folder.File("dev.jsonl"),
            OutDirectory = _folder.File("out"),
            Rank = 2,
            Options = TuneSettings.Sft with { Epochs = 1, BatchSize = 4 },
        }, _ => { }, notes.Add);
        Assert.Equal(both > 0, notes.Any(note => note.Contains("learnt from as well", StringComparison.Ordinal)));
        if (both > 0)
            Assert.Contains(notes, note => note.StartsWith("2 of the 3 examples", StringComparison.Ordinal));
    }
}
