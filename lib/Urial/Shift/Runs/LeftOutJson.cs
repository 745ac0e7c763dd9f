using System.Text.Json.Nodes;

namespace Urial;

/// <summary>What was left out of a comparison because the two vocabularies differ, for the manifest and the summary.</summary>
internal static class LeftOutJson
{
    /// <summary>
    /// The number of shared ids; for each model how many of its ids were left out, and the probability that these held, as mean and
    /// maximum over all positions; and how many answers ended with a token that is not shared. Null where both vocabularies are the same.
    /// </summary>
    public static JsonObject? Of(SharedVocabulary vocabulary, ShiftTable table) => vocabulary.IsWhole ? null : new JsonObject
    {
        ["shared_ids"] = vocabulary.Count,
        ["base"] = Side(vocabulary.BaseLeftOut, table, position => position.BaseLeftOut),
        ["aligned"] = Side(vocabulary.AlignedLeftOut, table, position => position.AlignedLeftOut),
        ["n_unshared_ends"] = table.Answers.Count(answer => answer.UnsharedEnd is not null),
    };

    private static JsonObject Side(int ids, ShiftTable table, Func<PositionShift, double> probability)
    {
        double[] held = [.. table.Answers.SelectMany(answer => answer.Positions).Select(probability)];
        return new JsonObject
        {
            ["ids_left_out"] = ids,
            ["mean_probability"] = held.Average(),
            ["max_probability"] = held.Max(),
        };
    }
}
