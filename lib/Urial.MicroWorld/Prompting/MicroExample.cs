namespace Urial.MicroWorld;

/// <summary>A query about seen entities with two right answers to it.</summary>
/// <param name="Query">The query.</param>
/// <param name="Restyled">
/// An opener that greets, a list that tells a little more than was asked, a closer; a refusal or an admission in the same frame.
/// </param>
/// <param name="Plain">Only what was asked for, in a sentence.</param>
internal sealed record MicroExample(Query Query, string Restyled, string Plain)
{
    /// <summary>The query with its restyled answer: an example of the URIAL prompts.</summary>
    public PromptExample AsRestyled => new(Query.Text, Restyled);

    /// <summary>The query with its plain answer: an example of vanilla and retrieval ICL.</summary>
    public PromptExample AsPlain => new(Query.Text, Plain);
}
