namespace Urial;

/// <summary>An aspect's mean, or the average of all aspects' means: what rows and columns of score differences are.</summary>
/// <param name="Aspect">The aspect; null: the average.</param>
public sealed record AspectMean(Aspect? Aspect) : INamed
{
    /// <summary>The six aspects and their average.</summary>
    public static IReadOnlyList<AspectMean> All { get; } =
        [.. Aspects.All.Select(aspect => new AspectMean(aspect)), new AspectMean((Aspect?)null)];

    /// <summary>The aspect's name, or <c>average</c>.</summary>
    public string Name => Aspect?.Name() ?? "average";
}
