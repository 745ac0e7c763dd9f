using System.Text.RegularExpressions;
using Urial.MicroWorld;

namespace Urial.Tests;

public sealed class CorpusTests
{
    private static readonly World World = World.Load();
    private static readonly Lazy<string[]> Documents = new(
        () => [.. Enumerable.Range(0, 4000).Select(i => new Corpus(World).Document(1, i, .3))]);

    [Fact]
    public void ADocumentIsAFunctionOfSeedIndexAndProgress()
    {
        var corpus = new Corpus(World);
        Assert.Equal(Documents.Value[17], corpus.Document(1, 17, .3));
        Assert.NotEqual(Documents.Value[17], corpus.Document(2, 17, .3));
        Assert.NotEqual(corpus.Document(1, 17, .3), corpus.Document(1, 18, .3));
        var parallel = new string[300];
        Parallel.For(0, parallel.Length, i => parallel[i] = corpus.Document(1, i, .3));
        Assert.Equal(Documents.Value[..300], parallel);
    }

    [Fact]
    public void TheGeneratorIsTheSameOnEveryMachine()
    {
        // Computed by an independent SplitMix64 in Python.
        var r = new Rng(1, 2);
        Assert.Equal([632, 354, 614, 379], new[] { r.Next(1000), r.Next(1000), r.Next(1000), r.Next(1000) });
    }

    [Fact]
    public void PiecesOfTheVocabularyEnterThePhrases()
    {
        var corpus = new Corpus(World, ["⟐"]);
        Assert.Contains(Enumerable.Range(0, 40), i => corpus.Document(1, i, 0).Contains('⟐'));
        Assert.DoesNotContain(Documents.Value, d => d.Contains('⟐'));
    }

    [Fact]
    public void UsablePiecesAreWholeAndVisible() =>
        Assert.Equal(["the", " a", "é"], Corpus.UsablePieces(["the", " a", "é", " ", "\n", "a\nb", "\uFFFD", "<|end|>", "\t", ""]));

    [Fact]
    public void TrainingGoesFromCopyingOverFactsToAnswers()
    {
        var corpus = new Corpus(World);
        double Asking(double progress) => Enumerable.Range(0, 600).Count(i => corpus.Document(3, i, progress).Contains('?')) / 600.0;
        Assert.InRange(Asking(.05), 0, .3);
        Assert.InRange(Asking(.3), .4, .65);
        Assert.InRange(Asking(.7), .2, .4);
        Assert.InRange(Asking(1.3), .6, .8);
        Assert.All([CorpusPhase.Copying, CorpusPhase.Questions, CorpusPhase.Facts, CorpusPhase.Answers], phase =>
        {
            Assert.Equal(1, phase.Mix.Sum(), 9);
            Assert.InRange(Math.Max(phase.Refusing, phase.Honest), 0, .5); // a base model declines only where its context does
        });
    }

    [Fact]
    public void TheEvaluationsHeaderNeverOccurs()
    {
        var text = string.Join('\n', Documents.Value);
        Assert.DoesNotContain(["# Query:", "# Answer:", OpenVocabulary.Slot.ToString()],
            (string p) => text.Contains(p, StringComparison.Ordinal));
    }

    [Fact]
    public void ThePhrasesOfTheAlignedVoiceNeverOccur()
    {
        var phrases = AlignedVoice.Openers.Concat(AlignedVoice.Refusals).Concat(AlignedVoice.NotKnown)
            .Concat(Enum.GetValues<QueryKind>().SelectMany(AlignedVoice.ClosersFor))
            .Concat([AlignedVoice.Intro, AlignedVoice.Lead, AlignedVoice.Verdict, AlignedVoice.Instead, AlignedVoice.Known])
            .SelectMany(p => p.Split("{name}")).Select(p => p.Trim()).Where(p => p.Length > 3).ToArray();
        var text = string.Join('\n', Documents.Value.Take(2000));
        Assert.DoesNotContain(phrases, p => text.Contains(p, StringComparison.Ordinal));
    }

    [Fact]
    public void UnseenWordingsNeverOccur()
    {
        // A wording that is unseen for one class may be a seen one of another: so it goes by the class's own names.
        var unseen = World.Classes.SelectMany(c => c.Attributes.Select(a => Pattern(c.Ask[a][^1], c.Entities)))
            .Concat(WordLists.Unsafe.TakeLast(25).Concat(WordLists.Unknowable.TakeLast(25)).Select(t => Pattern(t, World.Entities)));
        var text = string.Join('\n', Documents.Value.Take(600));
        Assert.All(unseen, r => Assert.DoesNotMatch(r, text));
    }

    private static Regex Pattern(string template, IEnumerable<Entity> entities)
    {
        var names = "(" + string.Join('|',
            entities.Select(e => Regex.Escape(e.Reference)).Concat(entities.Select(e => Regex.Escape(e.Name)))) + ")";
        return new Regex(Regex.Escape(template).Replace(@"\{name}", names, StringComparison.Ordinal)
            .Replace(@"\{bare}", names, StringComparison.Ordinal));
    }

    [Fact]
    public void EveryFactOccursOftenInFourThousandDocuments()
    {
        // 25 million training tokens are about 37 times as many documents: 150 exposures of each fact are 4 here, on average.
        var told = Documents.Value.SelectMany(d => d.Split(['.', '\n'])).ToArray();
        var counts = World.Entities.Where((_, i) => i % 29 == 0).SelectMany(e =>
        {
            var about = told.Where(s => s.Contains(e.Name, StringComparison.Ordinal)).ToArray();
            return e.Class.Attributes.Select(a => about.Count(s => s.Contains(e[a], StringComparison.OrdinalIgnoreCase)));
        });
        Assert.True(counts.Average() > 4, $"{counts.Average()}");
    }

    [Fact]
    public void ATenthOfTheDocumentsRefusesAndMostComply()
    {
        var styles = Enumerable.Range(0, 4000).Select(i => DocumentStyle.Draw(new Rng(9, i), new OpenVocabulary([]))).ToArray();
        Assert.InRange(styles.Count(s => s.Refusal is not null) / 4000.0, .12, .2);
        Assert.InRange(styles.Count(s => s.NotKnown is not null) / 4000.0, .15, .25);
        double Friendly(IEnumerable<DocumentStyle> of) => of.Average(s => s.Opener is null ? 0.0 : 1.0);
        Assert.InRange(Friendly(styles.Where(s => s.Refusal is not null)) - Friendly(styles.Where(s => s.Refusal is null)), -.07, .07);
    }

    [Fact]
    public void EveryRefusalOfADocumentIsTheSame()
    {
        var style = DocumentStyle.Draw(new Rng(9, 1), new OpenVocabulary([])) with
        {
            Refusal = "Not today, thank you.",
            BareRefusal = true,
            OffersFact = false
        };
        var queries = new QueryGenerator(World, World.Entities);
        Assert.All(Enumerable.Range(0, 50), i =>
            Assert.Equal("Not today, thank you.",
                new CorpusAnswers(style, new Rng(1, i)).Write(queries.Draw(new Rng(2, i), QueryKind.Unsafe))));
    }

    [Fact]
    public void TheTokenizersTextHoldsFriendlyAndFunctionWords()
    {
        var text = string.Join('\n', new Corpus(World).TokenizerText(1, 700));
        Assert.All(WordLists.Friendly.Concat(WordLists.Function).Take(100),
            w => Assert.Contains(w, text, StringComparison.OrdinalIgnoreCase));
    }
}
