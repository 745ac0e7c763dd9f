namespace Urial.Tests.Models;

public sealed class FamilyReferencesTests
{
    [Theory]
    [InlineData("qwen3", new[] { "qwen3" })]
    [InlineData("olmo2", new[] { "olmo2" })]
    public void Compares_the_models_of_a_type(string type, string[] names)
    {
        var compared = FamilyReferences.Compare(type);

        Assert.Equal(names, compared.Select(one => one.Name));
        Assert.All(compared, one => Assert.True(one.Report.Agrees));
    }

    [Fact]
    public void A_type_without_references_has_none() => Assert.Empty(FamilyReferences.Compare("no-such-type"));
}
