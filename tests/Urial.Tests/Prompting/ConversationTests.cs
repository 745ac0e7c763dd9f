namespace Urial.Tests.Prompting;

public sealed class ConversationTests
{
    [Fact]
    public void Turns_are_told_apart()
    {
        var turns = Conversation.Of([new("system", "Be brief."), new("user", "q1"), new("assistant", "a1"), new("user", "q2")]);
        Assert.Equal("Be brief.", turns.System);
        Assert.Equal([("q1", "a1")], turns.Earlier);
        Assert.Equal("q2", turns.Query);
    }

    [Theory]
    [InlineData("The conversation is empty")]
    [InlineData("The query is empty", "user: ")]
    [InlineData("ends with the assistant's message", "user:q", "assistant:a")]
    [InlineData("Message 1 is the assistant's, and the user's turn it is", "assistant:a", "user:q")]
    [InlineData("Message 2 is the user's, and the assistant's turn it is", "user:q", "user:q")]
    [InlineData("Message 2 is a system message: there may be one, and it must be the first", "user:q", "system:s", "user:q")]
    [InlineData("Message 2 is a system message", "system:s", "system:s", "user:q")]
    [InlineData("ends with the system's message", "system:s")]
    [InlineData("Message 1 has the role \"human\"", "human:q")]
    [InlineData("Message 2 (the assistant's) is empty", "user:q", "assistant:\n", "user:q")]
    public void Turns_out_of_order_are_refused(string message, params string[] turns)
    {
        var problem = Assert.Throws<UrialException>(
            () => Conversation.Of([.. turns.Select(turn => new ChatMessage(turn.Split(':')[0], turn.Split(':')[1]))]));
        Assert.Contains(message, problem.Message);
    }

    [Theory]
    [InlineData("\"Wie geht's?\"", "user:Wie geht's?")]
    [InlineData("""[{"role":"user","content":"a"},{"content":"b","role":"assistant","x":1}]""", "user:a", "assistant:b")]
    public void A_line_is_a_query_or_a_list_of_messages(string line, params string[] expected) =>
        Assert.Equal(expected, ConversationJson.Parse(line).Select(message => $"{message.Role}:{message.Content}"));

    [Theory]
    [InlineData("Why?", "not valid JSON")]
    [InlineData("{\"instruction\":\"a\"}", "not an object")]
    [InlineData("3", "not a number")]
    [InlineData("[\"a\"]", "Message 1 is a string")]
    [InlineData("[{\"role\":\"user\"}]", "Message 1 has no \"content\"")]
    [InlineData("[{\"role\":\"user\",\"content\":null}]", "\"content\" of message 1 is null, not a string")]
    [InlineData("\"\\ud800\"", "half of a surrogate pair")]
    public void Another_line_is_refused(string line, string message) =>
        Assert.Contains(message, Assert.Throws<UrialException>(() => ConversationJson.Parse(line)).Message);
}
