namespace Urial.MicroWorld;

/// <summary>A URIAL prompt in a tuned model's own words.</summary>
public static class TunedVoice
{
    /// <summary>
    /// The prompt with the model's greedy answers in the place of its own. An example whose new answer did not end is left out.
    /// </summary>
    /// <param name="prompt">The prompt.</param>
    /// <param name="model">A tuned model with a chat template.</param>
    /// <exception cref="UrialException">A query does not fit into the context, or no answer ended.</exception>
    public static UrialPrompt Of(UrialPrompt prompt, LanguageModel model)
    {
        var (chat, limit) = (new ChatStyle(model), new GenerationOptions { MaxNewTokens = MicroAnswers.MaxNewTokens });
        PromptExample[] voiced =
        [
            .. prompt.Examples.Select(example => (Example: example,
                Said: model.Generate(chat.Prompt(example.Query).Encode(model.Tokenizer), limit)))
                .Where(voice => voice.Said.Stopped).Select(voice => voice.Example with { Answer = voice.Said.Text.Trim() }),
        ];
        return voiced.Length > 0 ? prompt.WithExamples(voiced)
            : throw new UrialException($"None of the answers to the {prompt.Examples.Count} examples of '{prompt.Name}' ended: "
                + "there is no prompt to make of them.");
    }
}
