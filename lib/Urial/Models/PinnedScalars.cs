using TorchSharp;

namespace Urial;

/// <summary>
/// Scalars that live as long as the process. A number handed to TorchSharp becomes a short-lived native scalar that the garbage
/// collector may free while the call still reads it ("Expected false to be true … from toDouble", seen in long runs on a busy machine).
/// Sums hide one: <c>a + b</c> and <c>add(x)</c>, whatever x is, pass a factor of 1 that nobody holds. So in passes that run for long they
/// are written <c>add(x, One)</c>; differences, products and quotients have no such factor.
/// </summary>
public static class PinnedScalars
{
    /// <summary>1, the factor of a plain sum.</summary>
    public static Scalar One { get; } = 1;
}
