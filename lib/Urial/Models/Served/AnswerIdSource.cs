namespace Urial;

/// <summary>Where the ids of a served answer are from.</summary>
internal enum AnswerIdSource
{
    /// <summary>The server tells them: <c>token_ids</c>.</summary>
    Ids,

    /// <summary>The server writes them in the place of tokens: <c>logprobs.tokens</c> with <c>token_id:123</c>.</summary>
    Tokens,

    /// <summary>The server tells the text alone: our tokenizer makes them.</summary>
    Text,
}
