using Urial.MicroWorld;

namespace Urial.Tests.MicroWorld;

public sealed class FactShiftTests
{
    private static readonly HfTokenizer Tokenizer = HfTokenizer.Load(MicroModels.Base);

    [Fact]
    public void A_value_is_looked_at_where_it_begins()
    {
        var query = QueryFile.HeldOut().First(q => q.Query.Kind == QueryKind.Single);
        var fact = query.Query.Facts[0];
        var other = fact.Entity.Class.Holders[fact.Attribute].Keys.First(value => value[0] != fact.Value[0]);

        var right = Assert.Single(FactShift.Of([Answer(query, fact.Value, fact.Value)], [query], Tokenizer),
            f => f.Attribute == fact.Attribute);
        var wrong = Assert.Single(FactShift.Of([Answer(query, other, fact.Value)], [query], Tokenizer), f => f.Attribute == fact.Attribute);

        Assert.Equal((true, fact.Value, fact.Value, true), (right.Right, right.Stated, right.Truth, right.BaseKnows));
        Assert.Equal((false, other, fact.Value, true), (wrong.Right, wrong.Stated, wrong.Truth, wrong.BaseKnows));
        Assert.Equal((ShiftClass.Shifted, 7), (wrong.Class, wrong.BaseRank));
        Assert.Throws<ArgumentException>(() => FactShift.Of([], [query], Tokenizer));
    }

    // "- Capital: …": a statement whose value begins at a token of its own; the base model's choice there is the value wanted.
    private static ShiftedAnswer Answer(NamedQuery query, string stated, string wanted)
    {
        var fact = query.Query.Facts[0];
        var lead = Tokenizer.Encode($"- {char.ToUpperInvariant(fact.Attribute[0])}{fact.Attribute[1..]}:");
        int[] ids = [.. lead, .. Tokenizer.Encode(" " + stated)];
        var choice = Tokenizer.Encode(" " + wanted)[0];
        return Shift.Made.Ranks(query.Id, [.. ids.Select(_ => 7)]) with
        {
            AnswerIds = ids,
            Positions = [.. Shift.Made.Ranks("x", [.. ids.Select(_ => 7)]).Positions
                .Select((p, i) => p with { TokenId = ids[i], BaseTop = [new TopToken(choice, 0.5)] })],
        };
    }
}
