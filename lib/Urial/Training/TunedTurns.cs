namespace Urial;

/// <summary>How questions and answers become token ids where a model is tuned on them: by a chat template, turn by turn.</summary>
/// <remarks>An answer's ids are those of its text alone, as where written answers are scored (<c>urial shift --written</c>).</remarks>
internal sealed class TunedTurns
{
    private readonly LanguageModel _model;
    private readonly HfTokenizer _tokenizer;

    /// <summary>The turns of a model.</summary>
    /// <param name="model">The base; one without a template gets one (<see cref="TurnTemplates"/>).</param>
    /// <param name="adapter">The adapter's folder whose tokenizer and template come first; null: there is none.</param>
    /// <exception cref="UrialException">No token ends an answer, or a file cannot be read.</exception>
    public TunedTurns(LanguageModel model, string? adapter = null)
    {
        _model = model;
        (_tokenizer, var template) = adapter is null ? (model.Tokenizer, model.ChatTemplate)
            : LanguageModel.LoadTokenizer(adapter, model.Directory);
        IsMade = template is null;
        Template = template ?? TurnTemplates.For(model);
        EndId = Template.EndOfTurn(_tokenizer, model.Config.EosTokenIds) ?? _tokenizer.EosId
            ?? model.Config.EosTokenIds.Cast<int?>().FirstOrDefault() ?? throw new UrialException(
                $"{model.Name} has no token that ends an answer: name one as eos_token in its tokenizer_config.json.");
    }

    /// <summary>The template.</summary>
    public ChatTemplate Template { get; }

    /// <summary>Whether the template is this library's, since the model has none.</summary>
    public bool IsMade { get; }

    /// <summary>The token that ends an answer.</summary>
    public int EndId { get; }

    /// <summary>A question and an answer to it.</summary>
    /// <param name="id">The example's id, for messages.</param>
    /// <param name="instruction">The question.</param>
    /// <param name="answer">The answer, as text.</param>
    /// <exception cref="UrialException">The two do not fit into the model's context.</exception>
    public TokenPair Pair(string id, string instruction, string answer) =>
        Pair(id, instruction, [.. _tokenizer.Encode(answer), EndId]);

    /// <summary>A question and an answer whose ids are known.</summary>
    /// <param name="id">The example's id, for messages.</param>
    /// <param name="instruction">The question.</param>
    /// <param name="answerIds">The answer with what ended it.</param>
    /// <exception cref="UrialException">The two do not fit into the model's context.</exception>
    public TokenPair Pair(string id, string instruction, int[] answerIds)
    {
        var prompt = Template.Render([new ChatMessage("user", instruction)], addGenerationPrompt: true);
        var pair = new TokenPair(_tokenizer.Encode(prompt), answerIds);
        return pair.Read <= _model.Config.ContextLength ? pair
            : throw new UrialException($"Example {id} takes {pair.Read + 1} tokens, and the context of {_model.Name} holds "
                + $"{_model.Config.ContextLength}. Shorten it, or leave it out.");
    }
}
