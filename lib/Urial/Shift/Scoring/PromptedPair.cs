namespace Urial;

/// <summary>A pair as far as prompts and answers are concerned, wherever its weights are.</summary>
/// <param name="Base">The base model.</param>
/// <param name="Aligned">The aligned model.</param>
/// <param name="Vocabulary">The ids that both share.</param>
internal sealed record PromptedPair(IPromptedModel Base, IPromptedModel Aligned, SharedVocabulary Vocabulary)
{
    /// <summary>The tokenizer that both share.</summary>
    public HfTokenizer Tokenizer => Aligned.Tokenizer;

    /// <summary>Two models in this process.</summary>
    public static PromptedPair Of(ModelPair pair) => new(pair.Base, pair.Aligned, pair.Vocabulary);
}
