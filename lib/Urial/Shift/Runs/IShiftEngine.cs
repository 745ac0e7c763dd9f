using System.Text.Json.Nodes;

namespace Urial;

/// <summary>What answers and scores the queries of a run: two models in this process, or a pair that servers have a part of.</summary>
internal interface IShiftEngine : IDisposable
{
    /// <summary>The pair.</summary>
    PromptedPair Pair { get; }

    /// <summary>Whether numbers may be known within bounds only.</summary>
    bool IsBounded { get; }

    /// <summary>What must be known of the models.</summary>
    IReadOnlyList<string> Notes { get; }

    /// <summary>What a manifest says of the base model.</summary>
    JsonObject Base { get; }

    /// <summary>What a manifest says of the aligned model.</summary>
    JsonObject Aligned { get; }

    /// <summary>Answers where an answer is missing, and scores all that a store does not have.</summary>
    /// <param name="queries">The queries.</param>
    /// <param name="options">How long answers are, and what is kept of each position.</param>
    /// <param name="progress">Called after every answer and every scored one.</param>
    /// <param name="store">Has what was there before, and keeps what is new.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>One outcome for each query, in their order.</returns>
    IReadOnlyList<ShiftOutcome> Run(PreparedQueries queries, ShiftOptions options, Action<RunStep>? progress, IShiftStore store,
        CancellationToken cancellation);
}
