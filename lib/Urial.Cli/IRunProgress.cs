using Urial.Notebooks;

namespace Urial.Cli;

/// <summary>Where the progress of <c>urial run</c> is shown.</summary>
internal interface IRunProgress
{
    /// <summary>A chapter begins.</summary>
    void Begin(int chapter);

    /// <summary>One of its cells begins or ends.</summary>
    void Cell(int chapter, CellProgress cell);

    /// <summary>The chapter has ended.</summary>
    void End(int chapter, Chapter result);

    /// <summary>Something the reader should know.</summary>
    void Note(string text);
}
