namespace Urial;

/// <summary>How many threads share the pieces of an operation. They wait for each other without spinning.</summary>
/// <param name="Count">1: everything on the calling thread.</param>
internal readonly record struct PackedWorkers(int Count)
{
    /// <summary>Does pieces 0 … <paramref name="pieces"/> − 1, in runs.</summary>
    /// <param name="pieces">How many.</param>
    /// <param name="work">Does the pieces from its first number to before its second.</param>
    public void Share(int pieces, Action<int, int> work)
    {
        var parts = Math.Min(Count, pieces);
        if (parts < 2)
            work(0, pieces);
        else
            Parallel.For(0, parts, part => work((int)((long)pieces * part / parts), (int)((long)pieces * (part + 1) / parts)));
    }

    /// <summary>Does pieces of unequal size: a thread that is done takes the next, from the last to the first.</summary>
    /// <param name="pieces">How many.</param>
    /// <param name="work">Does the piece with this number.</param>
    public void Deal(int pieces, Action<int> work)
    {
        var left = pieces;
        Share(Math.Min(Count, pieces), (_, _) =>
        {
            for (int next; (next = Interlocked.Decrement(ref left)) >= 0;)
                work(next);
        });
    }

    /// <summary>Does pieces of equal size: a thread takes some of the next, fewer the fewer are left, so that all are done together even if
    /// one of them is held up.</summary>
    /// <param name="pieces">How many.</param>
    /// <param name="work">Does the piece with this number.</param>
    public void DealRuns(int pieces, Action<int> work)
    {
        var (next, threads) = (0, Count);
        Share(Math.Min(threads, pieces), (_, _) =>
        {
            for (int first; (first = Volatile.Read(ref next)) < pieces;)
            {
                var last = first + Math.Max(1, (pieces - first) / (4 * threads));
                if (Interlocked.CompareExchange(ref next, last, first) == first)
                    for (; first < last; first++)
                        work(first);
            }
        });
    }
}
