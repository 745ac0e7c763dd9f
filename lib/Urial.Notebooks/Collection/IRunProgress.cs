namespace Urial.Notebooks;

/// <summary>Who is told how a run of the collection gets on. Chapters are numbered from 0, in the order they were given in.</summary>
public interface IRunProgress
{
    /// <summary>A chapter begins.</summary>
    void Begin(int chapter);

    /// <summary>One of its cells begins or ends.</summary>
    void Cell(int chapter, CellProgress cell);

    /// <summary>The chapter has ended.</summary>
    void End(int chapter, Chapter result);

    /// <summary>Something the reader should know, about a chapter or, with the last one's number, about all.</summary>
    void Note(int chapter, string text);
}
