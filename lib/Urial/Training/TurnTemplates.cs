namespace Urial;

/// <summary>
/// The turns that a base model without a chat template is tuned to take: those that its tokenizer has tokens for, or else a heading
/// before each turn.
/// </summary>
internal static class TurnTemplates
{
    /// <summary>What a tokenizer needs for each template, and the template.</summary>
    private static readonly (string[] Tokens, string Source)[] Known =
    [
        (["<start_of_turn>", "<end_of_turn>"],
            "{{ bos_token }}{% for message in messages %}<start_of_turn>"
            + "{{ 'model' if message['role'] == 'assistant' else message['role'] }}\n"
            + "{{ message['content'] | trim }}<end_of_turn>\n{% endfor %}"
            + "{% if add_generation_prompt %}<start_of_turn>model\n{% endif %}"),
        (["<|im_start|>", "<|im_end|>"],
            "{% for message in messages %}<|im_start|>{{ message['role'] }}\n{{ message['content'] | trim }}<|im_end|>\n{% endfor %}"
            + "{% if add_generation_prompt %}<|im_start|>assistant\n{% endif %}"),
    ];

    private const string Headings =
        "{{ bos_token }}{% for message in messages %}### {{ message['role'] | capitalize }}:\n{{ message['content'] | trim }}"
        + "{{ eos_token if message['role'] == 'assistant' else '' }}\n\n{% endfor %}"
        + "{% if add_generation_prompt %}### Assistant:\n{% endif %}";

    /// <summary>The template for a model that has none of its own.</summary>
    /// <param name="model">The model.</param>
    public static ChatTemplate For(LanguageModel model)
    {
        var tokenizer = model.Tokenizer;
        var fitting = Array.Find(Known, entry => entry.Tokens.All(token => tokenizer.IdOf(token) is { } id && tokenizer.IsSpecial(id)));
        return model.TemplateOf(fitting.Source ?? Headings);
    }
}
