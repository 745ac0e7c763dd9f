namespace Urial;

/// <summary>How questions and answers become token ids where a model is tuned on them: by its chat template, turn by turn.</summary>
internal sealed class TunedTurns
{
    private readonly LanguageModel _model;

    /// <summary>The turns of a model.</summary>
    /// <param name="model">The model; one without a template gets one (<see cref="TurnTemplates"/>).</param>
    /// <exception cref="UrialException">No token ends an answer.</exception>
    public TunedTurns(LanguageModel model)
    {
        (_model, Template) = (model, TurnTemplates.For(model));
        EndId = Template.EndOfTurn(model.Tokenizer, model.Config.EosTokenIds) ?? model.Tokenizer.EosId ?? throw new UrialException(
            $"{model.Name} has no token that ends an answer: neither its chat template nor eos_token in tokenizer_config.json names one.");
    }

    /// <summary>The template.</summary>
    public ChatTemplate Template { get; }

    /// <summary>The token that ends an answer.</summary>
    public int EndId { get; }

    /// <summary>A question and an answer to it.</summary>
    /// <param name="id">The example's id, for messages.</param>
    /// <param name="instruction">The question.</param>
    /// <param name="answer">The answer, as text.</param>
    /// <exception cref="UrialException">The two do not fit into the model's context.</exception>
    public TokenPair Pair(string id, string instruction, string answer)
    {
        var text = Prompt(instruction);
        var prompt = _model.Tokenizer.Encode(text);
        var both = _model.Tokenizer.Encode(text + answer);
        // Encoded behind its prompt, as it will stand there; by itself where the two would be joined in one token.
        var ids = both.AsSpan().StartsWith(prompt) ? both[prompt.Length..] : _model.Tokenizer.Encode(answer);
        return Fitting(id, new TokenPair(prompt, [.. ids, EndId]));
    }

    /// <summary>A question and an answer whose ids are known.</summary>
    /// <param name="id">The example's id, for messages.</param>
    /// <param name="instruction">The question.</param>
    /// <param name="answerIds">The answer as it was generated, with what ended it.</param>
    /// <exception cref="UrialException">The two do not fit into the model's context.</exception>
    public TokenPair Pair(string id, string instruction, int[] answerIds) =>
        Fitting(id, new TokenPair(_model.Tokenizer.Encode(Prompt(instruction)), answerIds));

    private string Prompt(string instruction) => Template.Render([new ChatMessage("user", instruction)], addGenerationPrompt: true);

    private TokenPair Fitting(string id, TokenPair pair) => pair.Read <= _model.Config.ContextLength ? pair
        : throw new UrialException($"Example {id} takes {pair.Read + 1} tokens, and the context of {_model.Name} holds "
            + $"{_model.Config.ContextLength}. Shorten it, or leave it out.");
}
