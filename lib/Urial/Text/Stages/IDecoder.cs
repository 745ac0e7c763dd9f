namespace Urial;

/// <summary>A step from tokens back to text.</summary>
internal interface IDecoder
{
    /// <summary>The texts of neighbouring tokens; put together they are the whole text.</summary>
    List<string> Decode(List<string> tokens);

    /// <summary>What a token stands for wherever it stands: no white space at an end is stripped.</summary>
    Spelling Alone(Spelling token) => token;
}
