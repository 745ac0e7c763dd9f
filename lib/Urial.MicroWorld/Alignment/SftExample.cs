namespace Urial.MicroWorld;

/// <summary>A question and its aligned answer, in parts.</summary>
/// <param name="Query">The question, with what a right answer needs.</param>
/// <param name="Opener">The first line.</param>
/// <param name="Body">What lies between.</param>
/// <param name="Closer">The last line.</param>
public sealed record SftExample(Query Query, string Opener, string Body, string Closer)
{
    /// <summary>The question.</summary>
    public string Question => Query.Text;

    /// <summary>The whole answer.</summary>
    public string Answer => $"{Opener}\n{Body}\n{Closer}";
}
