using System.Runtime.ExceptionServices;
using TorchSharp;

namespace Urial;

/// <summary>
/// How many threads libtorch takes for a pass. Its threads meet at the end of every operation: where operations are tiny, that costs
/// more than it saves, and beside other programs it costs a multiple. So small work takes one thread, and pieces of it go side by side.
/// </summary>
internal static class TorchThreads
{
    /// <summary>Fewer weights than this make a small model: an operation of a decoding step takes microseconds.</summary>
    public const long SmallModel = 30_000_000;

    /// <summary>From this many tokens a pass of a small model is worth several threads: training, and long prompts side by side.</summary>
    private const long ManyTokens = 4096;

    [ThreadStatic]
    private static int _current;

    [ThreadStatic]
    private static bool _oneOfSeveral;

    /// <summary>Sets the number of threads for a pass that follows on this thread.</summary>
    /// <param name="decoder">The model.</param>
    /// <param name="tokens">Tokens of the pass, over all rows.</param>
    public static void Set(Decoder decoder, long tokens)
    {
        var wanted = _oneOfSeveral || decoder.IsSmall && tokens < ManyTokens ? 1 : Environment.ProcessorCount;
        if (_current == wanted)
            return;
        torch.set_num_threads(wanted);
        _current = wanted;
    }

    /// <summary>Does pieces of work, side by side where models are small.</summary>
    /// <param name="small">Whether all models in question are small (<see cref="Decoder.IsSmall"/>).</param>
    /// <param name="pieces">How many pieces; each is done once, on one thread from its beginning to its end.</param>
    /// <param name="work">Does the piece of a number; it opens its own dispose scope and sets its own grad mode.</param>
    /// <exception cref="Exception">What the first of the pieces that failed threw.</exception>
    public static void SideBySide(bool small, int pieces, Action<int> work)
    {
        if (_oneOfSeveral || !small || pieces < 2 || Environment.ProcessorCount < 2)
        {
            for (var piece = 0; piece < pieces; piece++)
                work(piece);
            return;
        }
        var failures = new Exception?[pieces];
        Parallel.For(0, pieces, (piece, loop) =>
        {
            var before = _oneOfSeveral;
            _oneOfSeveral = true;
            try
            {
                work(piece);
            }
            catch (Exception e)
            {
                failures[piece] = e;
                loop.Stop(); // what has begun ends, nothing else begins
            }
            finally
            {
                _oneOfSeveral = before;
            }
        });
        if (failures.FirstOrDefault(failure => failure is not null) is { } first)
            ExceptionDispatchInfo.Throw(first);
    }
}
