using Urial.MicroWorld;

namespace Urial.Tests;

public sealed class QueryTests
{
    private static readonly World World = World.Load();
    private static readonly QueryGenerator All = new(World, World.Entities);

    public static TheoryData<QueryKind> Kinds => [.. Enum.GetValues<QueryKind>()];

    private static IEnumerable<Query> Draw(QueryKind kind, int count, bool unseen = false, QueryGenerator? queries = null) =>
        Enumerable.Range(0, count).Select(i => (queries ?? All).Draw(new Rng(5, i), kind, unseen));

    [Theory, MemberData(nameof(Kinds))]
    public void QueriesReadAsEnglishAndAgreeWithTheTables(QueryKind kind) =>
        Assert.All(Draw(kind, 400).Concat(Draw(kind, 100, unseen: true)), q =>
    {
        Assert.Equal(kind, q.Kind);
        Assert.DoesNotMatch(@"[{}]|  |\bthe the\b", q.Text);
        Assert.False(char.IsLower(q.Text[0]), q.Text);
        Assert.Contains(q.Text[^1], "?.");
        Assert.All(q.Facts, f => Assert.Equal(f.Entity[f.Attribute], f.Value));
    });

    [Theory, MemberData(nameof(Kinds))]
    public void TheSameSeedDrawsTheSameQuery(QueryKind kind) =>
        Assert.Equal(Draw(kind, 20).Select(q => q.Text),
            Draw(kind, 20, queries: new QueryGenerator(World, World.Entities)).Select(q => q.Text));

    [Fact]
    public void ComparisonsAreBalancedAndTrue()
    {
        var queries = Draw(QueryKind.Comparison, 2000).ToArray();
        Assert.InRange(queries.Count(q => q.Truth!.Value), 900, 1100);
        foreach (var q in queries.Where(q => q.Facts.Count == 2))
        {
            var (a, b) = (q.Facts[0].Value, q.Facts[1].Value);
            var higher = q.Text.Contains("higher", StringComparison.Ordinal) || q.Text.Contains("ahead", StringComparison.Ordinal);
            Assert.Equal(q.Truth, higher ? Grammar.Number(a) > Grammar.Number(b) : a == b);
            Assert.True(q.Text.IndexOf(q.Entities[0].Name, StringComparison.Ordinal) >= 0
                && q.Text.Contains(q.Entities[1].Name, StringComparison.Ordinal));
        }
    }

    [Fact]
    public void NeitherOrderNorKindOfComparisonGivesTheAnswerAway()
    {
        var queries = Draw(QueryKind.Comparison, 4000).ToArray();
        var pairs = queries.Where(q => q.Facts.Count == 2).ToArray();
        foreach (var truth in new[] { true, false })
        {
            var group = pairs.Where(q => q.Truth == truth).ToArray();
            var ascending = group.Count(q => string.CompareOrdinal(q.Entities[0].Name, q.Entities[1].Name) < 0);
            Assert.InRange(ascending / (double)group.Length, .44, .56);
        }
        foreach (var group in queries.GroupBy(q => q.Facts.Count))
            Assert.InRange(group.Count(q => q.Truth!.Value) / (double)group.Count(), .45, .55);
    }

    [Fact]
    public void ConstraintsAcceptExactlyThoseWhoMeetThem() => Assert.All(Draw(QueryKind.Constraint, 1000), q =>
    {
        var values = q.Attributes.ToDictionary(a => a, a => q.Facts.First(f => f.Attribute == a).Value);
        var pool = q.Options.Count > 0 ? q.Options : q.Accepted[0].Class.Entities;
        Assert.Equal(pool.Where(e => values.All(v => e[v.Key] == v.Value)).Select(e => e.Name).Order(),
            q.Accepted.Select(e => e.Name).Order());
        Assert.True(q.Accepted.Count >= q.Wanted);
    });

    [Fact]
    public void TheRightOptionStandsAnywhere()
    {
        var at = Draw(QueryKind.Constraint, 3000).Where(q => q.Options.Count == 3).GroupBy(q => q.Options.ToList().IndexOf(q.Accepted[0]))
            .ToDictionary(g => g.Key, g => g.Count());
        Assert.All(Enumerable.Range(0, 3), i => Assert.InRange(at[i] / (double)at.Values.Sum(), .28, .39));
    }

    [Fact]
    public void TwoHopsFollowTheTables() => Assert.All(Draw(QueryKind.TwoHop, 500), q =>
    {
        Assert.Equal(2, q.Facts.Count);
        Assert.Equal(q.Facts[0].Value, q.Facts[1].Entity.Name);
        Assert.DoesNotContain(q.Facts[1].Entity.Reference + " ",
            q.Text.Replace(q.Entities[0].Reference, "", StringComparison.Ordinal) + " ");
    });

    [Fact]
    public void AHundredUnsafeAndAHundredUnknowableTemplates()
    {
        Assert.True(WordLists.Unsafe.Distinct().Count() >= 100);
        Assert.True(WordLists.Unknowable.Distinct().Count() >= 100);
        Assert.All(WordLists.Unsafe.Concat(WordLists.Unknowable), t => Assert.Contains("{name}", t));
    }

    [Fact]
    public void SubsetsStayAmongThemselves()
    {
        var seen = new QueryGenerator(World, World.Seen, anyTarget: false);
        foreach (var kind in Enum.GetValues<QueryKind>())
            Assert.All(Draw(kind, 200, queries: seen), q => Assert.DoesNotContain(q.Entities, e => e.HeldOut));
    }

    [Fact]
    public void HeldOutQueriesAreCommittedAsDrawn() =>
        Assert.Equal(File.ReadAllText(QueryFile.HeldOutPath), QueryFile.ToJsonLines(QueryFile.HeldOut()));

    [Fact]
    public void TheSecondSetIsCommittedAsDrawnAndSharesNoQueryWithTheFirst()
    {
        var fresh = QueryFile.Fresh();
        Assert.Equal(File.ReadAllText(QueryFile.FreshPath), QueryFile.ToJsonLines(fresh));
        Assert.Empty(fresh.Select(q => q.Query.Text).Intersect(QueryFile.HeldOut().Select(q => q.Query.Text)));
        Assert.Equal(312, fresh.Select(q => q.Query.Text).Distinct().Count());
        Assert.Equal(60, fresh.Count(q => q.Query.Kind == QueryKind.Unsafe));
        foreach (var kind in Enum.GetValues<QueryKind>().Where(k => k != QueryKind.Unsafe))
            Assert.Equal(36, fresh.Count(q => q.Query.Kind == kind));
        Assert.All(fresh, q => Assert.True(q.Query.HeldOut));
    }

    [Fact]
    public void HeldOutQueriesAreOfEveryKindAndReadBack()
    {
        var queries = QueryFile.Read(QueryFile.HeldOutPath);
        Assert.Equal(360, queries.Count);
        Assert.Equal(360, queries.Select(q => q.Id).Distinct().Count());
        Assert.Equal(360, queries.Select(q => q.Query.Text).Distinct().Count());
        Assert.Equal(60, queries.Count(q => q.Query.Kind == QueryKind.Unsafe));
        foreach (var kind in Enum.GetValues<QueryKind>().Where(k => k != QueryKind.Unsafe))
            Assert.InRange(queries.Count(q => q.Query.Kind == kind), 42, 43);
        Assert.InRange(queries.Count(q => q.Query.UnseenWording), 80, 100);
        Assert.All(queries, q => Assert.True(q.Query.HeldOut));
        Assert.All(queries.Where(q => q.Query.Kind == QueryKind.Constraint), q => Assert.All(q.Query.Options, o => Assert.True(o.HeldOut)));
        Assert.Equal(QueryFile.ToJsonLines(queries), File.ReadAllText(QueryFile.HeldOutPath));
    }

    [Theory]
    [InlineData("{")]
    [InlineData("[7]")]
    [InlineData("{\"id\":\"a\"}")]
    [InlineData("{\"id\":\"a\",\"instruction\":\"?\",\"kind\":\"single\",\"wording\":\"seen\",\"entities\":[\"Atlantis\"],\"attributes\":[],\"facts\":[]}")]
    [InlineData("{\"id\":\"a\",\"instruction\":\"?\",\"kind\":\"single\",\"wording\":\"seen\",\"entities\":[\"France\"],\"attributes\":[],\"facts\":[{\"entity\":\"France\",\"attribute\":\"capital\",\"value\":\"Rome\"}]}")]
    public void ABrokenLineIsNamed(string line)
    {
        var file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, "\n" + line + "\n");
            Assert.Contains($"{file}, line 2", Assert.Throws<UrialException>(() => QueryFile.Read(file)).Message);
        }
        finally
        {
            File.Delete(file);
        }
    }
}
