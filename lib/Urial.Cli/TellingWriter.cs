using System.Text;

namespace Urial.Cli;

/// <summary>Hands lines on to whoever is told them.</summary>
/// <param name="tell">Told each line.</param>
internal sealed class TellingWriter(Action<string> tell) : TextWriter
{
    /// <inheritdoc/>
    public override Encoding Encoding => Encoding.UTF8;

    /// <inheritdoc/>
    public override void WriteLine(string? value) => tell(value ?? "");
}
