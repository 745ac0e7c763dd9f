using System.Globalization;

namespace Urial;

/// <summary>
/// Scored answers that several processes of one run need: who scores one first leaves it to the others, in a folder that lives as long
/// as the run (<c>urial run</c> makes one for its chapters). An answer is looked up by the models' files, their precision, both prompts
/// and its own tokens, and scored where it is not there: the numbers are the same, to the last bit, with and without. A chapter that is
/// opened by itself scores everything itself.
/// </summary>
public sealed class SharedScores
{
    /// <summary>The environment variable that names the folder.</summary>
    public const string Variable = "URIAL_SHARED_SCORES";

    // The most top tokens that a chapter asks for, and as many as the reference code's lists have: who wants fewer takes the first of them.
    private const int MostTop = 30;

    private readonly string _folder;
    private readonly string _models;

    private SharedScores(string folder, string models) => (_folder, _models) = (folder, models);

    /// <summary>
    /// The scores that a pair of small models shares; null where the run shares none, or a model is not that of its files. Large models are
    /// left out: their answers are few, and hashing their weights takes as long as scoring some.
    /// </summary>
    internal static SharedScores? Of(ModelPair pair) => In(Environment.GetEnvironmentVariable(Variable), pair);

    /// <summary>As the other, with the folder; null or empty where there is none.</summary>
    internal static SharedScores? In(string? folder, ModelPair pair)
    {
        LanguageModel[] models = [pair.Base, pair.Aligned];
        return !string.IsNullOrEmpty(folder)
            && models.All(model => model.Decoder is { IsSmall: true, Packed: not null } && model.Files.Length > 0)
            ? new SharedScores(folder, ContentHash.Of(models.SelectMany(Identity))) : null;
    }

    /// <summary>The shift at every position of an answer, from the folder where it is there, and left there where it is not.</summary>
    /// <param name="query">The prompts.</param>
    /// <param name="answerIds">The answer.</param>
    /// <param name="top">How many top tokens are wanted at each position.</param>
    /// <param name="score">Scores the answer with so many top tokens.</param>
    internal PositionShift[] Score(PreparedQuery query, int[] answerIds, int top, Func<int, PositionShift[]> score)
    {
        if (top > MostTop)
            return score(top);
        var file = Path.Combine(_folder, ContentHash.Of(_models, Join(query.Base.Tokens.Ids), Join(query.Aligned.Tokens.Ids),
            Join(answerIds), query.EndId is { } end ? Join([end]) : ""));
        var shifts = Read(file, answerIds);
        if (shifts is null)
            Leave(file, shifts = score(MostTop));
        return Array.ConvertAll(shifts, shift => shift with
        {
            BaseTop = [.. shift.BaseTop.Take(top)],
            AlignedTop = [.. shift.AlignedTop.Take(top)],
        });
    }

    private static IEnumerable<string> Identity(LanguageModel model) =>
        [model.Precision.ToString(), .. model.Hashes.OrderBy(hash => hash.Key, StringComparer.Ordinal).Select(hash => hash.Value)];

    private static string Join(int[] ids) => string.Join(',', ids.Select(id => id.ToString(CultureInfo.InvariantCulture)));

    // A file takes its name when it is whole. Where it cannot be written or read, the next one scores the answer itself.
    private static void Leave(string file, PositionShift[] shifts)
    {
        var temporary = $"{file}.{Path.GetRandomFileName()}.tmp";
        try
        {
            using (var writer = new BinaryWriter(File.Create(temporary)))
                ShiftBytes.Write(writer, shifts);
            File.Move(temporary, file, overwrite: true);
        }
        catch (Exception e) when (WriteException.IsFailure(e))
        {
            return;
        }
    }

    private static PositionShift[]? Read(string file, int[] answerIds)
    {
        try
        {
            if (!File.Exists(file))
                return null;
            using var reader = new BinaryReader(File.OpenRead(file));
            return ShiftBytes.Read(reader, answerIds, MostTop);
        }
        catch (Exception e) when (WriteException.IsFailure(e)) // a file that ends too early, too
        {
            return null;
        }
    }
}
