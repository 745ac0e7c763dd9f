namespace Urial.Notebooks;

/// <summary>
/// What <c>display(x)</c> returns. The .NET Interactive kernel's type of this name can change an output afterwards;
/// a saved notebook has no afterwards, so here it only says what was shown.
/// </summary>
public sealed class DisplayedValue
{
    internal DisplayedValue(IReadOnlyCollection<string> mimeTypes) => MimeTypes = mimeTypes;

    /// <summary>The forms in which the value was shown.</summary>
    public IReadOnlyCollection<string> MimeTypes { get; }

    /// <summary>Always fails.</summary>
    /// <exception cref="UrialException">Always: outputs do not change once shown.</exception>
    public void Update(object? value) => throw new UrialException(
        "DisplayedValue.Update does not work in the last .NET Interactive kernel, so it is not offered here either: display the final value once.");
}
