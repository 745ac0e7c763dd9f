namespace Urial;

/// <summary>A decoder of which something is in training: all its weights, or an adapter.</summary>
public interface ITrainable : IDisposable
{
    /// <summary>The decoder over the copies that are computed with.</summary>
    Decoder Model { get; }

    /// <summary>What is trained.</summary>
    FlatParameters Parameters { get; }
}
