namespace Urial;

/// <summary>A part of a written answer, in the order of the text.</summary>
public enum AnswerSegment
{
    /// <summary>The first words, before the substance.</summary>
    Opener,

    /// <summary>The substance.</summary>
    Body,

    /// <summary>The last words, behind the substance.</summary>
    Closer,

    /// <summary>The token with which the turn ends.</summary>
    End,
}
