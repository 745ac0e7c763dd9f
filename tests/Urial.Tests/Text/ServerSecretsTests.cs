namespace Urial.Tests;

public sealed class ServerSecretsTests
{
    [Theory]
    [InlineData("got Bearer sk-SECRETKEY-abc123/+x")]
    [InlineData("got sk-SECRETKEY-abc123%2F%2Bx")]
    [InlineData("got sk-SECRETKEY-abc123%2F+x")]
    [InlineData("""{"key": "sk-SECRETKEY-abc123\/+x"}""")]
    [InlineData("""{"key": "sk-SECRETKEY-abc123/\u002Bx"}""")]
    [InlineData("key SECRETKEY-abc123/+x of kind sk")]
    public void No_spelling_of_a_key_is_left(string text)
    {
        var secrets = ServerSecrets.Of(new Uri("http://localhost/v1"), "sk-SECRETKEY-abc123/+x");
        var struck = ServerSecrets.StrikeOut(text, secrets);
        Assert.DoesNotContain("SECRETKEY", struck);
        Assert.Contains("[key]", struck);
    }

    [Fact]
    public void A_word_that_local_servers_take_for_a_key_is_no_secret() =>
        Assert.Equal("EMPTY lists", ServerSecrets.StrikeOut("EMPTY lists", ServerSecrets.Of(new Uri("http://localhost/v1"), "EMPTY")));
}
