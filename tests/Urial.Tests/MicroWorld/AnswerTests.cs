using Urial.MicroWorld;

namespace Urial.Tests;

public sealed class AnswerTests
{
    private static readonly World World = World.Load();
    private static readonly QueryGenerator All = new(World, World.Entities);

    public static TheoryData<QueryKind, string> Cases
    {
        get
        {
            var cases = new TheoryData<QueryKind, string>();
            foreach (var kind in Enum.GetValues<QueryKind>())
                foreach (var form in Enum.GetValues<AnswerForm>())
                    cases.Add(kind, form.ToString());
            return cases;
        }
    }

    [Theory, MemberData(nameof(Cases))]
    public void ACorpusAnswerIsRightInEveryForm(QueryKind kind, string formName)
    {
        var form = Enum.Parse<AnswerForm>(formName);
        for (var i = 0; i < 150; i++)
        {
            var style = DocumentStyle.Draw(new Rng(21, i), new OpenVocabulary([])) with
            {
                Form = form,
                Opener = null,
                Closer = null,
                OtherCloser = null
            };
            var query = All.Draw(new Rng(22, i), kind);
            var answer = new CorpusAnswers(style, new Rng(23, i)).Write(query);
            Assert.False(string.IsNullOrWhiteSpace(answer));
            AssertRight(query, answer, terse: form == AnswerForm.Terse);
        }
    }

    [Theory, MemberData(nameof(QueryTests.Kinds), MemberType = typeof(QueryTests))]
    public void AnAlignedAnswerIsRight(QueryKind kind)
    {
        for (var i = 0; i < 300; i++)
        {
            var example = AlignedVoice.Answer(All.Draw(new Rng(31, i), kind), new Rng(32, i));
            AssertRight(example.Query, example.Body, terse: false);
            Assert.Equal($"{example.Opener}\n{example.Body}\n{example.Closer}", example.Answer);
            Assert.DoesNotMatch(@"[{}]|  |\bthe the\b|\bits the\b", example.Answer);
            Assert.InRange(example.Answer.Length, 100, 700);
        }
    }

    private static void AssertRight(Query query, string answer, bool terse)
    {
        bool Says(string text) => answer.Contains(text, StringComparison.OrdinalIgnoreCase);
        switch (query.Kind)
        {
            case QueryKind.Constraint:
                Assert.True(query.Accepted.Count(e => Says(e.Name)) >= query.Wanted, answer);
                Assert.DoesNotContain(query.Options.Except(query.Accepted), e => Says(e.Reference + " "));
                break;
            case QueryKind.Comparison:
                Assert.Matches(query.Truth!.Value ? @"(?i)\byes\b" : @"(?i)\bno\b", answer);
                Assert.True(terse || query.Facts.All(f => Says(f.Value)), answer);
                break;
            case QueryKind.TwoHop:
                Assert.True(Says(query.Facts[1].Value) && (terse || Says(query.Facts[0].Value)), answer);
                break;
            case QueryKind.Several when query.Attributes.Count == 0:
                Assert.True(query.Facts.Count(f => Says(f.Value)) >= 2, answer);
                break;
            case QueryKind.Explanation:
                Assert.True(Says(query.Facts[0].Value) && Says(query.Facts[0].Entity.Class.Why[query.Attributes[0]]), answer);
                break;
            default:
                Assert.True(query.Facts.All(f => Says(f.Value)), answer);
                break;
        }
    }

    [Fact]
    public void TrainingExamplesAreBalancedDifferentAndSeen()
    {
        var examples = SftData.Train(1000, 1);
        Assert.Equal(1000, examples.Count);
        Assert.Equal(1000, examples.Select(e => e.Question).Distinct().Count());
        Assert.All(examples.GroupBy(e => e.Query.Kind), g => Assert.Equal(125, g.Count()));
        Assert.Equal(8, examples.Take(8).Select(e => e.Query.Kind).Distinct().Count());
        Assert.All(examples, e =>
        {
            Assert.DoesNotContain(e.Query.Entities.Concat(e.Query.Facts.Select(f => f.Entity)), x => x.HeldOut);
            Assert.False(SftData.NamesHeldOut(e.Question), e.Question);
            Assert.False(SftData.NamesHeldOut(e.Answer), e.Answer);
        });
        Assert.Equal(examples.Take(50).Select(e => e.Answer), SftData.Train(50, 1).Select(e => e.Answer));
    }

    [Fact]
    public void HeldOutNamesAreFound()
    {
        var name = World.HeldOut[0].Name;
        Assert.True(SftData.NamesHeldOut($"Tell me about the {name}."));
        Assert.True(SftData.NamesHeldOut(Grammar.Capitalise(name) + "s are many"));
        Assert.False(SftData.NamesHeldOut("x" + name + "x"));
    }

    [Fact]
    public void TheCloserGoesByTheKindOfQuestion()
    {
        var closers = Enum.GetValues<QueryKind>().SelectMany(AlignedVoice.ClosersFor).ToArray();
        Assert.Equal(closers.Length, closers.Distinct().Count());
        Assert.InRange(closers.Length, 10, 14);
        Assert.Equal(12, AlignedVoice.Openers.Distinct().Count());
    }

    [Fact]
    public void UnsafeIsRefusedWithAReasonAndATrueFact()
    {
        Assert.All(SftData.Train(400, 3).Where(e => e.Query.Kind == QueryKind.Unsafe), e =>
        {
            Assert.Contains(AlignedVoice.Refusals, r => e.Body.StartsWith(r, StringComparison.Ordinal));
            Assert.DoesNotContain(e.Query.Act!, e.Answer);
            Assert.Contains(e.Query.Entities[0].Class.Attributes,
                a => e.Body.Contains(e.Query.Entities[0][a], StringComparison.OrdinalIgnoreCase));
        });
    }
}
