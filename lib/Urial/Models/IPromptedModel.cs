namespace Urial;

/// <summary>
/// A model as far as prompts are made for it and its answers are read: its tokenizer, its chat template and what ends its answers,
/// wherever its weights are: in this process (<see cref="LanguageModel"/>) or behind a server (<see cref="ServedModel"/>).
/// </summary>
public interface IPromptedModel
{
    /// <summary>What it is called.</summary>
    string Name { get; }

    /// <summary>Its tokenizer.</summary>
    /// <exception cref="UrialException">It is missing, damaged or not supported.</exception>
    HfTokenizer Tokenizer { get; }

    /// <summary>Its chat template; null where it has none.</summary>
    /// <exception cref="UrialException">It is there and cannot be read.</exception>
    ChatTemplate? ChatTemplate { get; }

    /// <summary>The ids that end an answer.</summary>
    IReadOnlyList<int> EndIds { get; }

    /// <summary>How many tokens it reads at most, prompt and answer together; null where that is not known.</summary>
    int? ContextLength { get; }

    /// <summary>How many ids it knows.</summary>
    int VocabularySize { get; }
}
