namespace Urial;

/// <summary>A column of positions: what files, the summary and data frames call one of their values, and how it is read.</summary>
/// <param name="Name">The name in files.</param>
internal abstract record PositionColumn(string Name)
{
    /// <summary>The value as a number whose mean can be taken; null where it is none.</summary>
    public Func<PositionShift, double>? Number { get; private init; }

    /// <summary>A column of numbers.</summary>
    public static PositionColumn Of(string name, Func<PositionShift, double> value) =>
        new PositionColumn<double>(name, (answer, i) => value(answer.Positions[i])) { Number = value };

    /// <summary>A column of whole numbers.</summary>
    public static PositionColumn Of(string name, Func<PositionShift, int> value) =>
        new PositionColumn<int>(name, (answer, i) => value(answer.Positions[i])) { Number = position => value(position) };

    /// <summary>Two columns of a list of most probable tokens: their ids and their probabilities, in files where any were kept.</summary>
    public static IEnumerable<PositionColumn> Top(string name, Func<PositionShift, IReadOnlyList<TopToken>> tokens) =>
    [
        new PositionColumn<IReadOnlyList<int>>($"{name}_ids", (answer, i) => [.. tokens(answer.Positions[i]).Select(token => token.Id)]),
        new PositionColumn<IReadOnlyList<double>>($"{name}_probs", (answer, i) =>
            [.. tokens(answer.Positions[i]).Select(token => token.Probability)]),
    ];
}

/// <summary>A column of positions whose values have a type.</summary>
/// <param name="Name">The name in files.</param>
/// <param name="Value">Its value of an answer at a 0-based index.</param>
internal sealed record PositionColumn<T>(string Name, Func<ShiftedAnswer, int, T> Value) : PositionColumn(Name);
