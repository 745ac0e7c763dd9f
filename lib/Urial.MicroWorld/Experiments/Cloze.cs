namespace Urial.MicroWorld;

/// <summary>A sentence about a thing that a model was to finish by the value.</summary>
/// <param name="Prompt">The sentence's beginning: <c>The diet of the lion is</c>.</param>
/// <param name="Said">What the model went on with, up to the full stop.</param>
/// <param name="Truth">The true value.</param>
public sealed record Cloze(string Prompt, string Said, string Truth) : INamed
{
    private const int LongestValue = 8; // tokens

    /// <summary>The sentence's beginning.</summary>
    public string Name => Prompt;

    /// <summary>Whether what was said ends in the true value.</summary>
    public bool Right => Said.EndsWith($" {Truth}", StringComparison.Ordinal);

    /// <summary>Lets a model finish a sentence, greedily.</summary>
    /// <param name="model">A model of the micro-world.</param>
    /// <param name="thing">What the sentence is about.</param>
    /// <param name="attribute">The attribute whose value is to follow.</param>
    public static Cloze Of(LanguageModel model, Entity thing, string attribute)
    {
        var prompt = $"The {attribute} of {thing.Reference} is";
        var said = model.Generate(prompt, new GenerationOptions { MaxNewTokens = LongestValue }).Text.Split('.')[0];
        return new Cloze(prompt, said, thing[attribute]);
    }
}
