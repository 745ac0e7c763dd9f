namespace Urial;

/// <summary>The added tokens of a tokenizer, gathered as Hugging Face's <c>added_vocabulary.rs</c> (0.22) does.</summary>
internal sealed class AddedTokens(TokenTable vocabulary)
{
    private readonly int _modelSize = vocabulary.Count;
    private readonly Dictionary<string, AddedToken> _tokens = new(StringComparer.Ordinal);
    private readonly List<string> _order = [];
    private int _largest = -1;

    /// <summary>The tokens: special ones first, then the others, each in the order of adding.</summary>
    public IEnumerable<AddedToken> All => _order.Select(content => _tokens[content]).OrderByDescending(token => token.Special);

    /// <summary>Whether a token was added.</summary>
    public bool Contains(string content) => _tokens.ContainsKey(content);

    /// <summary>
    /// Adds a token, or changes the flags of one that is there. Its id is the one that the vocabulary gives it; a token that is new takes
    /// the next free one, whatever its file says, for that is the id that the model was trained with. Where the vocabulary has holes and
    /// the next id is taken, it takes the one of its file.
    /// </summary>
    public void Add(AddedToken token)
    {
        if (token.Content.Length == 0)
            return;
        var id = vocabulary.Find(token.Content);
        if (id < 0)
        {
            id = Math.Max(_largest + 1, _modelSize);
            if (vocabulary.Contains(id))
                id = token.Id;
            vocabulary.TryAdd(token.Content, id);
        }
        _largest = Math.Max(_largest, id);
        if (_tokens.TryGetValue(token.Content, out var old))
            // What is special stays so, and where it is looked for stays as well.
            token = token with { Special = old.Special || token.Special, Normalized = old.Normalized && (old.Special || token.Normalized) };
        else
            _order.Add(token.Content);
        _tokens[token.Content] = token with { Id = id };
    }
}
