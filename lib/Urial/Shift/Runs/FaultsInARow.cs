using System.Globalization;

namespace Urial;

/// <summary>Ends a run whose server fails for one query after the other: what is left would fail too, each after many tries.</summary>
/// <param name="most">How many queries may fail without one that succeeds between them.</param>
internal sealed class FaultsInARow(int most)
{
    private int _count;

    /// <summary>A query succeeded.</summary>
    public void None() => Interlocked.Exchange(ref _count, 0);

    /// <summary>A query failed.</summary>
    /// <exception cref="ServerGoneException">It failed through the server, and so did those before it.</exception>
    public void Count(UrialException problem)
    {
        if (problem is ServerFault && Interlocked.Increment(ref _count) >= most)
            throw new ServerGoneException(string.Create(CultureInfo.InvariantCulture,
                $"{most} queries in a row failed through the server, the last like this: {problem.Message} The run ends here; what is ")
                + "there is kept: when the server answers again, the same command goes on.", problem);
    }
}
