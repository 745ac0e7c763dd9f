namespace Urial;

/// <summary>A question with an answer that somebody wrote, in its parts where they are known.</summary>
public sealed record WrittenExample
{
    /// <summary>What stands between two parts of an answer.</summary>
    public const string Separator = "\n\n";

    private WrittenExample(string id, string instruction, string opener, string body, string closer, bool hasParts)
    {
        (Id, Instruction, Opener, Body, Closer, HasParts) = (id, instruction, opener, body, closer, hasParts);
        if (string.IsNullOrWhiteSpace(instruction))
            throw new UrialException($"Example {id}: the instruction is empty.");
        if (string.IsNullOrWhiteSpace(Answer))
            throw new UrialException($"Example {id}: the answer is empty.");
    }

    /// <summary>The example's id, unique in its file.</summary>
    public string Id { get; }

    /// <summary>What is asked.</summary>
    public string Instruction { get; }

    /// <summary>The first words; empty where the answer has none, or where its parts are not known.</summary>
    public string Opener { get; }

    /// <summary>The substance; the whole answer where its parts are not known.</summary>
    public string Body { get; }

    /// <summary>The last words; empty where the answer has none, or where its parts are not known.</summary>
    public string Closer { get; }

    /// <summary>Whether the parts are known.</summary>
    public bool HasParts { get; }

    /// <summary>What kind of question it is, where the file says so.</summary>
    public string? Kind { get; init; }

    /// <summary>What it is about, where the file says so.</summary>
    public string? Topic { get; init; }

    /// <summary>The parts that are not empty, joined by <see cref="Separator"/>.</summary>
    public string Answer => string.Join(Separator, Parts.Select(part => part.Text));

    /// <summary>The parts that are not empty, in the order of the text.</summary>
    public IEnumerable<(AnswerSegment Segment, string Text)> Parts => new[]
    {
        (AnswerSegment.Opener, Opener), (AnswerSegment.Body, Body), (AnswerSegment.Closer, Closer),
    }.Where(part => part.Item2.Length > 0);

    /// <summary>An answer in its parts.</summary>
    /// <exception cref="UrialException">The instruction or the whole answer is empty.</exception>
    public static WrittenExample InParts(string id, string instruction, string opener, string body, string closer) =>
        new(id, instruction, opener, body, closer, hasParts: true);

    /// <summary>An answer whose parts are not known.</summary>
    /// <exception cref="UrialException">The instruction or the answer is empty.</exception>
    public static WrittenExample Whole(string id, string instruction, string answer) =>
        new(id, instruction, "", answer, "", hasParts: false);
}
