namespace Urial;

/// <summary>What has a row in a table or chart of aspects: an arm, a published model.</summary>
public interface IScored : INamed
{
    /// <summary>The row.</summary>
    AspectScoreRow Row { get; }
}
