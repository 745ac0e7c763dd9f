namespace Urial;

/// <summary>Where a template comes from, for messages.</summary>
/// <param name="File">The file that holds it.</param>
internal sealed record JinjaSource(string File)
{
    /// <summary>What to throw where a template is wrong, or goes wrong.</summary>
    public UrialException Error(int line, string what) => new($"The chat template in {File}, line {line}: {what}.");

    /// <summary>What to throw for a part of Jinja that this library does not know.</summary>
    public UrialException Unsupported(int line, string what) => Error(line, $"{what} is not supported; give the prompt verbatim instead");
}
