namespace Urial;

/// <summary>One way in which the real base answers: a prompt, or an adapter under its chat template.</summary>
/// <param name="Name">What tables call it.</param>
/// <param name="Key">What its files are called.</param>
/// <param name="Style">The prompt style, in the words of <c>--prompt-style</c>.</param>
/// <param name="Examples">How many examples the style shows; null: its own number, or none.</param>
/// <param name="TunedOn">How many written answers the adapter was tuned on; null: the base itself.</param>
public sealed record RealArm(string Name, string Key, string Style, int? Examples = null, int? TunedOn = null) : INamed;
