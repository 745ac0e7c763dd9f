using System.Numerics;
using System.Runtime.InteropServices;

namespace Urial;

/// <summary>What is read off one row of logits in single precision: its largest entry, ranks, and the most probable tokens.</summary>
internal static class LogitRow
{
    /// <summary>The largest logit.</summary>
    /// <param name="logits">Finite logits. // [vocabulary]</param>
    public static float Largest(ReadOnlySpan<float> logits)
    {
        var largest = new Vector<float>(float.NegativeInfinity);
        var lanes = MemoryMarshal.Cast<float, Vector<float>>(logits);
        foreach (var lane in lanes)
            largest = Vector.Max(largest, lane);
        var result = float.NegativeInfinity;
        for (var i = 0; i < Vector<float>.Count; i++)
            result = Math.Max(result, largest[i]);
        foreach (var logit in logits[(lanes.Length * Vector<float>.Count)..])
            result = Math.Max(result, logit);
        return result;
    }

    /// <summary>The same rank as <see cref="BaseRank.Of"/>.</summary>
    /// <param name="logits">Finite logits. // [vocabulary]</param>
    /// <param name="tokenId">The token to rank.</param>
    public static int Rank(ReadOnlySpan<float> logits, int tokenId)
    {
        var own = logits[tokenId];
        // Of the tokens before it those with an equal logit are ahead as well.
        return 1 + CountAbove(logits[..tokenId], MathF.BitDecrement(own)) + CountAbove(logits[(tokenId + 1)..], own);
    }

    /// <summary>The tokens with the largest logits, best first; of equal ones the smaller id first.</summary>
    /// <param name="logits">Finite logits. // [vocabulary]</param>
    /// <param name="count">How many; all where there are fewer.</param>
    public static int[] Top(ReadOnlySpan<float> logits, int count)
    {
        count = Math.Min(count, logits.Length);
        if (count == 0)
            return [];
        var best = new PriorityQueue<int, (float Logit, int Id)>(Comparer<(float Logit, int Id)>.Create(
            (a, b) => a.Logit != b.Logit ? a.Logit.CompareTo(b.Logit) : b.Id.CompareTo(a.Id))); // the worst comes out first
        var least = float.NegativeInfinity; // what a token has to exceed: ids come in rising order
        for (var start = 0; start < logits.Length; start += Vector<float>.Count)
        {
            var end = Math.Min(start + Vector<float>.Count, logits.Length);
            if (best.Count == count && end - start == Vector<float>.Count
                && !Vector.GreaterThanAny(new Vector<float>(logits[start..]), new Vector<float>(least)))
                continue;
            for (var id = start; id < end; id++)
            {
                if (best.Count < count)
                    best.Enqueue(id, (logits[id], id));
                else if (logits[id] > least)
                    best.EnqueueDequeue(id, (logits[id], id));
                if (best.Count == count)
                    least = logits[best.Peek()];
            }
        }
        var top = new int[count];
        for (var i = count - 1; i >= 0; i--)
            top[i] = best.Dequeue();
        return top;
    }

    private static int CountAbove(ReadOnlySpan<float> logits, float floor)
    {
        var count = Vector<int>.Zero;
        var lanes = MemoryMarshal.Cast<float, Vector<float>>(logits);
        foreach (var lane in lanes)
            count -= Vector.GreaterThan(lane, new Vector<float>(floor)); // true is −1 in each lane
        var result = Vector.Sum(count);
        foreach (var logit in logits[(lanes.Length * Vector<float>.Count)..])
            result += logit > floor ? 1 : 0;
        return result;
    }
}
