namespace Urial.MicroWorld;

/// <summary>What a part of an answer is there for.</summary>
public enum PartRole
{
    /// <summary>Greets or praises before the answer.</summary>
    Opener,
    /// <summary>Announces the list or the sentence that follows.</summary>
    Intro,
    /// <summary>One bullet of a list.</summary>
    Item,
    /// <summary>Says what was asked for, or at least something.</summary>
    Body,
    /// <summary>Refuses.</summary>
    Refusal,
    /// <summary>Admits that the answer is not known.</summary>
    Admission,
    /// <summary>Wishes or offers something after the answer.</summary>
    Closer,
    /// <summary>Marks the beginning or end of a block of text.</summary>
    Fence,
}
