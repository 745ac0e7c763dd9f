namespace Urial;

/// <summary>A row of a published table.</summary>
/// <param name="Name">The model, as the table names it.</param>
/// <param name="Values">Its numbers by column.</param>
public sealed record PublishedRow(string Name, IReadOnlyDictionary<string, double> Values) : INamed
{
    /// <summary>The number of a column.</summary>
    /// <exception cref="UrialException">There is no such column.</exception>
    public double this[string column] => Values.TryGetValue(column, out var value) ? value
        : throw new UrialException($"{Name} has no column '{column}'. There are: {string.Join(", ", Values.Keys)}.");

    /// <summary>The mean score of an aspect.</summary>
    /// <exception cref="UrialException">There is no such column.</exception>
    public double this[Aspect aspect] => this[aspect.Column()];

    /// <summary>The mean of its six aspects' means.</summary>
    /// <exception cref="UrialException">A column is missing.</exception>
    public double AverageOfAspects() => Aspects.All.Average(aspect => this[aspect]);

    /// <summary>Its scores by aspect, from the columns that have an aspect's name.</summary>
    /// <param name="source">Where the table was published.</param>
    public AspectScoreRow Scores(string source) => AspectScoreRow.Published(Name, Values, source);
}
