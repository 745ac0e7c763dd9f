using Urial.MicroWorld;

namespace Urial.Tests.MicroWorld;

/// <summary>Every way in which the world states a fact is read back as that fact; another entity's value is read as wrong.</summary>
public sealed class JudgeClaimTests
{
    private static readonly World World = World.Load();
    private static readonly ClaimReader Reader = new();

    public static TheoryData<string> Classes => [.. World.Classes.Select(c => c.Key)];

    [Theory, MemberData(nameof(Classes))]
    public void EveryTrueStatementIsReadAsRight(string key)
    {
        foreach (var (query, fact, text) in Statements(key, e => e))
        {
            var claims = Reader.Read(query, text);
            Assert.True(claims.Any(c => c.Right && c.Entity == fact.Entity && c.Attribute == fact.Attribute),
                $"No right {fact.Attribute} in: {text}\n{string.Join('\n', claims)}");
            Assert.True(claims.All(c => c.Right), $"A true sentence read as wrong: {text}\n{string.Join('\n', claims)}");
        }
    }

    [Theory, MemberData(nameof(Classes))]
    public void EveryFalseStatementIsReadAsWrong(string key)
    {
        foreach (var (query, fact, text) in Statements(key, e => e.Class.Entities[(IndexOf(e) + 7) % e.Class.Entities.Count]))
        {
            var claims = Reader.Read(query, text);
            Assert.True(claims.Any(c => !c.Right), $"No wrong claim in: {text}\n{string.Join('\n', claims)}");
            Assert.DoesNotContain(claims, c => c.Right && c.Attribute == fact.Attribute && c.Entity == fact.Entity);
        }
    }

    [Fact]
    public void AMadeUpValueIsWrong()
    {
        var lion = World.Find("lion")!;
        var claim = Assert.Single(Reader.Read(About(lion.Fact("food")), "The lion feeds on moonlight and dew."));
        Assert.False(claim.Right);
        Assert.Equal(("food", "moonlight"), (claim.Attribute, claim.Value));
    }

    [Fact]
    public void AnExplanationIsNoClaim()
    {
        foreach (var kind in World.Classes)
            foreach (var attribute in kind.Attributes)
                Assert.All(Reader.Read(About(kind.Entities[0].Fact(attribute)), kind.Why[attribute]),
                    c => Assert.True(c.Right, $"{kind.Why[attribute]} → {c}"));
    }

    private static int IndexOf(Entity entity) => entity.Class.Entities.ToList().IndexOf(entity);

    /// <summary>The sentences and list items of the corpus, with the fact that <paramref name="source"/>'s entity lends them.</summary>
    private static IEnumerable<(Query Query, Fact Fact, string Text)> Statements(string key, Func<Entity, Entity> source)
    {
        foreach (var entity in World.Class(key).Entities)
            foreach (var attribute in entity.Class.Attributes)
            {
                var fact = entity.Fact(attribute);
                var lender = source(entity);
                var (value, inSentence) = (lender[attribute], lender.ValueInSentence(attribute));
                if (lender != entity && (value == fact.Value || entity.Values.Values.Contains(value)))
                    continue;
                string[] texts =
                [
                    .. entity.Class.Tell[attribute]
                        .Select(tell => lender.Fill(tell.Replace("{name}", entity.Reference).Replace("{bare}", entity.Name), attribute)),
                    $"{Grammar.Capitalise(entity.Reference)} {lender.Clause(attribute)}.",
                    $"{Grammar.Capitalise(inSentence)}.",
                    $"- {attribute} of {entity.Reference}: {value}",
                    $"* {Grammar.Capitalise(attribute)}: {value}",
                    $"=> {entity.Name}, {attribute} = {value}",
                    $"~> {value} ({attribute} of {entity.Reference})",
                    $"• **{Grammar.Capitalise(attribute)}:** {value}",
                    $"The {attribute} of {entity.Reference} is {inSentence}.",
                ];
                foreach (var text in texts)
                    yield return (About(fact), fact, text);
            }
    }

    private static Query About(Fact fact) => new()
    {
        Kind = QueryKind.Single,
        Text = fact.Entity.Fill(fact.Entity.Class.Ask[fact.Attribute][0]),
        Entities = [fact.Entity],
        Attributes = [fact.Attribute],
        Facts = [fact],
    };
}
