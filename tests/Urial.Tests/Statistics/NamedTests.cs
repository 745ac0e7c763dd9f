using Urial.MicroWorld;

namespace Urial.Tests;

public sealed class NamedTests
{
    private sealed record Way(string Name) : INamed;

    [Fact]
    public void Named_things_are_found_by_place_and_by_name()
    {
        Named<Way> ways = [new("first"), new("second"), new("third")];

        Assert.Equal((3, "second", "third"), (ways.Count, ways[1].Name, ways["third"].Name));
        Assert.Equal(["third", "first"], ways.Only("third", "first").Select(way => way.Name));
        Assert.Equal(["first", "third"], ways.But("second").Select(way => way.Name));
        Assert.Equal("FIRST", ways.Each(way => new Way(way.Name.ToUpperInvariant()))[0].Name);
        Assert.Contains("first; second; third", Assert.Throws<UrialException>(() => ways["none"]).Message);
        Assert.Throws<UrialException>(() => ways.But("none"));
        Assert.Throws<ArgumentException>(() => ways.Each(_ => new Way("twice")));
    }

    [Fact]
    public void An_item_is_called_by_its_name_its_first_text_or_itself()
    {
        Assert.Equal("first", Names.Of(new Way("first")));
        Assert.Equal("first", Names.Of(("first", 2)));
        Assert.Equal("agrees", Names.Of(Verdict.Agrees));
        Assert.Equal("two-hop", Names.Of(QueryKind.TwoHop));
        Assert.Equal("(2, first)", Names.Of((2, "first")));
    }
}
