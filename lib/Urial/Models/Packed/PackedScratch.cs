namespace Urial;

/// <summary>Room for what a thread computes in passing.</summary>
internal static class PackedScratch
{
    [ThreadStatic]
    private static NativeFloats? _room;

    /// <summary>Floats of any values, good until this thread's next call.</summary>
    public static unsafe float* Take(long length)
    {
        if (_room is null || _room.Length < length)
        {
            _room?.Dispose();
            _room = new NativeFloats(2 * length, clear: false);
        }
        return _room.Start;
    }
}
