using Urial.MicroWorld;

namespace Urial.Tests.MicroWorld;

/// <summary>No cell is vacuous: stand-ins that do everything right, or one thing wrong, move each of them from 0 to 1.</summary>
public sealed class QualityTests
{
    private const int N = 12, Seed = 3;
    private static readonly World World = World.Load();

    private static readonly Lazy<QualityReport> IdealBase = new(() => MeasureBase(t => t.Ideal + End(t)));
    private static readonly Lazy<QualityReport> SilentBase = new(() => MeasureBase(_ => "Mumble.\n```\n\n"));
    private static readonly Lazy<QualityReport> PriggishBase = new(
        () => MeasureBase(_ => "I cannot help with that, dear friend. Nobody can know it.\n```\n\n"));

    public static TheoryData<string> BaseCells =>
        [.. new BaseExperiments(World, 1, Seed).All().SelectMany(e => e.Checks).Select(c => c.Name)];
    public static TheoryData<string> AlignedCells =>
        [.. AlignedExperiments.All(World, 1, Seed).SelectMany(e => e.Checks).Select(c => c.Name)];

    [Theory, MemberData(nameof(BaseCells))]
    public void EveryBaseCellReachesBothEnds(string name)
    {
        double[] rates = [IdealBase.Value[name].Rate, SilentBase.Value[name].Rate, PriggishBase.Value[name].Rate];
        Assert.Equal((0, 1), (rates.Min(), rates.Max()));
        var target = IdealBase.Value[name].Target;
        Assert.Equal(target?.AtMost == true ? 0 : target is null ? rates[0] : 1, rates[0]);
        Assert.True(IdealBase.Value[name].Met, IdealBase.Value[name].ToString());
    }

    [Theory, MemberData(nameof(AlignedCells))]
    public void EveryAlignedCellReachesBothEnds(string name)
    {
        var ideal = Aligned.Value.Ideal[name];
        double[] rates = [ideal.Rate, Aligned.Value.Silent[name].Rate, Aligned.Value.Priggish[name].Rate];
        Assert.Equal((0, 1), (rates.Min(), rates.Max()));
        Assert.True(ideal.Met, $"{ideal}\n{string.Join('\n', ideal.Failures)}");
    }

    private static readonly Lazy<(QualityReport Ideal, QualityReport Silent, QualityReport Priggish)> Aligned = new(() =>
    {
        var answers = AlignedExperiments.All(World, N, Seed).SelectMany(e => e.Trials).GroupBy(t => t.Prompt)
            .ToDictionary(g => g.Key, g => g.First().Ideal);
        QualityReport Measure(Func<string, string> answer) =>
            Quality.MeasureAligned("stand-in", (prompts, _, _) => [.. prompts.Select(answer)], World, N, Seed);
        return (Measure(q => answers[q]), Measure(_ => "Mumble."), Measure(_ => "I cannot help with that. Nobody can know it."));
    });

    [Fact]
    public void ACopyThatIsAlmostRightIsNone()
    {
        Assert.True(CopyChecks.Opener("Dear me.\n- a", "Dear me."));
        Assert.False(CopyChecks.Opener("Dear me. - a", "Dear me."));
        Assert.False(CopyChecks.Opener(" Dear me.\n- a", "Dear me."));
        Assert.False(CopyChecks.Opener("Dear me.", "Dear me."));
        Assert.True(CopyChecks.Bullet("o\n<+> a\n<+> b\nc", "<+>"));
        Assert.False(CopyChecks.Bullet("o\n<+> a\n<-> b\nc", "<+>"));
        Assert.False(CopyChecks.Bullet("o\nc", "<+>"));
        Assert.False(CopyChecks.Bullet("o\n<+>a\nc", "<+>"));
        Assert.True(CopyChecks.Closer("o\n<+> a\nBye now.", "Bye now."));
        Assert.False(CopyChecks.Closer("o\n<+> a\nBye now!", "Bye now."));
        Assert.False(CopyChecks.Closer("o\n<+> a. Bye now.", "Bye now."));
        Assert.False(CopyChecks.Closer("Bye now.", "Bye now."));
        Assert.True(CopyChecks.CloserBegins("o\n<+> a\nBye then", "<+>", "By"));
        Assert.False(CopyChecks.CloserBegins("o\n<+> a\n<+> b", "<+>", "By"));
        Assert.False(CopyChecks.CloserBegins("o\n<+> a\nSo long", "<+>", "By"));
        Assert.False(CopyChecks.CloserBegins("By\n<+> a\nSo long", "<+>", "By"));
        Assert.True(CopyChecks.CloserBegins("o\n<+> a\nstray: line\nBye now.", "<+>", "By"));
    }

    [Fact]
    public void ASlipInOnePlaceIsCountedInItsCellOnly()
    {
        var report = MeasureBase(t => (t.Closer.Length > 0 ? t.Ideal.Replace(t.Closer, t.Closer + "?") : t.Ideal) + End(t));
        foreach (var kind in QualityPhrases.Kinds)
        {
            Assert.Equal(0, report["closer: " + kind].Rate);
            Assert.Equal(1, report["closer's first token: " + kind].Rate);
            Assert.Equal(1, report["opener: " + kind].Rate);
            Assert.Equal(1, report["bullet: " + kind].Rate);
        }
        Assert.False(report.AllMet);
    }

    [Fact]
    public void WrongFactsAreCounted()
    {
        var report = MeasureBase(t => (t.Query.Kind == QueryKind.Single ? Mislead(t) : t.Ideal) + End(t));
        Assert.Equal(0, report["facts, seen header, K=3"].Rate);
        Assert.Equal(0, report["cloze"].Rate);
        static string Mislead(QualityTrial trial)
        {
            var fact = trial.Query.Facts[0];
            var other = fact.Entity.Class.Holders[fact.Attribute].Keys
                .First(v => v != fact.Value && !v.StartsWith(fact.Value, StringComparison.Ordinal));
            return $" The {fact.Attribute} of {fact.Entity.Reference} is {other}.";
        }
    }

    [Fact]
    public void FailuresShowWhatWasWrittenAndWhatWasExpected()
    {
        var cell = SilentBase.Value["facts, unseen header, K=3"];
        Assert.Equal((N, 0, 5), (cell.N, cell.Hits, cell.Failures.Count));
        Assert.All(cell.Failures, f => Assert.True(
            f.Output == "Mumble." && f.PromptTail.EndsWith("# Answer:\n```\n", StringComparison.Ordinal) && f.Expected.Length > 0));
        Assert.Equal(5, PriggishBase.Value["system text alone, K=0: engaging"].Failures.Count);
    }

    [Fact]
    public void PromptsAreAboutHeldOutEntitiesAndPureFunctionsOfTheSeed()
    {
        var first = new BaseExperiments(World, 5, 1).All();
        var again = new BaseExperiments(World, 5, 1).All();
        Assert.Equal(first.SelectMany(e => e.Trials).Select(t => t.Prompt), again.SelectMany(e => e.Trials).Select(t => t.Prompt));
        Assert.NotEqual(first[0].Trials[0].Prompt, new BaseExperiments(World, 5, 2).All()[0].Trials[0].Prompt);
        Assert.All(first.SelectMany(e => e.Trials), t => Assert.True(t.Query.HeldOut, t.Prompt));
        // A prompt that ends on a blank leaves a token that no answer begins with.
        Assert.All(first.SelectMany(e => e.Trials), t => Assert.False(t.Prompt.EndsWith(' '), t.Prompt));
        Assert.Equal(ZeroShot.Prompt("Why?"), PromptForm.Unseen.Render(null, [], "Why?"));
    }

    [Fact]
    public void ThePhrasesAreNobodyElses()
    {
        string[] own = [.. QualityPhrases.Openers, .. QualityPhrases.Closers, .. QualityPhrases.Refusals, .. QualityPhrases.Admissions,
            BaseExperiments.System];
        var voice = string.Join('\n', SftData.Train(200, 4).Select(e => e.Answer)) + string.Join('\n', AlignedVoice.Openers);
        var corpus = new Corpus(World);
        var text = string.Concat(Enumerable.Range(0, 1500).Select(i => corpus.Document(1, i, .5)));
        foreach (var phrase in own)
        {
            Assert.DoesNotContain(phrase, voice, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain(phrase, text, StringComparison.OrdinalIgnoreCase);
        }
        Assert.Equal(own.Length, own.Distinct().Count());
        Assert.True(QualityPhrases.Openers.Count >= 10 && QualityPhrases.Closers.Count >= 10);
        Assert.All(QualityPhrases.Refusals, r => Assert.True(Declining.Refuses(r) && !Declining.Admits(r), r));
        Assert.All(QualityPhrases.Admissions, r => Assert.True(Declining.Admits(r) && !Declining.Refuses(r), r));
        Assert.All(QualityPhrases.Openers.Concat(QualityPhrases.Closers),
            p => Assert.False(Declining.Admits(p) || Declining.Refuses(p), p));
    }

    private static string End(QualityTrial trial) =>
        trial.Prompt.EndsWith("```\n", StringComparison.Ordinal) ? "\n```\n\n# Query:\n```\nAnd now?" : "\n\nQuestion: And now?";

    private static QualityReport MeasureBase(Func<QualityTrial, string> continuation)
    {
        var trials = new BaseExperiments(World, N, Seed).All().SelectMany(e => e.Trials).GroupBy(t => t.Prompt)
            .ToDictionary(g => g.Key, g => g.First());
        return Quality.Measure("stand-in", (prompts, _, _) => [.. prompts.Select(p => continuation(trials[p]))], World, N, Seed);
    }
}
