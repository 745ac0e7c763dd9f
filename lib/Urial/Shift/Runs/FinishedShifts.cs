using System.Text.Json;
using System.Text.Json.Nodes;

namespace Urial;

/// <summary>A run that is complete, in the folder that another is to be written to.</summary>
internal sealed class FinishedShifts
{
    private readonly string _folder;
    private readonly JsonObject _manifest;

    private FinishedShifts(string folder, JsonObject manifest) => (_folder, _manifest) = (folder, manifest);

    /// <summary>How many answers ended with a token that only the aligned model has.</summary>
    public int UnsharedEnds => _manifest["left_out"]?["n_unshared_ends"]?.GetValue<int>() ?? 0;

    /// <summary>The run in a folder; null: there is none.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="plan">What is asked for now.</param>
    /// <exception cref="UrialException">
    /// The folder holds a run of other settings, or files of which it is not known what made them.
    /// </exception>
    public static FinishedShifts? In(string folder, JsonObject plan)
    {
        var path = Path.Combine(folder, "manifest.json");
        if (!File.Exists(path))
        {
            var files = new[] { PositionsParquet.FileName, PositionsJsonl.FileName }.Select(name => Path.Combine(folder, name));
            return ShiftShards.AreIn(folder) || files.FirstOrDefault(File.Exists) is not { } positions ? null
                : throw new UrialException($"{positions} is there already, and its manifest {path} is missing, so what made it is not "
                    + "known. Delete it, or choose another --out.");
        }
        ShiftPlan.CheckSame(plan, path, folder, anyForm: true);
        return new FinishedShifts(folder, ManifestJson.Read(path));
    }

    /// <summary>Whether all is there, in the form that is asked for.</summary>
    /// <param name="plan">What is asked for now.</param>
    /// <param name="queries">How many queries there are.</param>
    public bool IsWhole(JsonObject plan, int queries) =>
        ShiftPlan.HasForm(plan, _manifest) && _manifest["n_failed"]?.GetValue<int>() == 0
        && _manifest["n_answers"]?.GetValue<int>() == queries && _manifest["files_sha256"] is JsonObject files
        && files.All(file => IsSame(Path.Combine(_folder, file.Key), file.Value));

    /// <summary>Its answers, without prompts.</summary>
    /// <param name="tokenizer">The aligned model's.</param>
    /// <param name="top">Whether with their top tokens.</param>
    /// <exception cref="UrialException">A file cannot be read.</exception>
    public ShiftTable Table(HfTokenizer tokenizer, bool top)
    {
        var lines = _manifest["format"]?.GetValue<string>() == "jsonl";
        var rows = lines ? PositionsJsonl.Read(Path.Combine(_folder, PositionsJsonl.FileName))
            : PositionsParquetReader.Read(Path.Combine(_folder, PositionsParquet.FileName));
        var cut = _manifest["not_ended"]!.AsArray().Select(id => id!.GetValue<string>()).ToHashSet(StringComparer.Ordinal);
        var tokens = RunTokens.Known(tokenizer, rows);
        return new ShiftTable([.. rows.GroupBy(row => row.Id).Select(of => StoredShifts.Answer(
            of.Key, [.. of.Select(row => Kept(row.Shift))], tokens, null, !cut.Contains(of.Key)))]);

        PositionShift Kept(PositionShift shift) => top ? shift : shift with { BaseTop = [], AlignedTop = [] };
    }

    private static bool IsSame(string path, JsonNode? hash) =>
        File.Exists(path) && hash is JsonValue value && value.GetValueKind() == JsonValueKind.String
        && ContentHash.OfFile(path, "file of a run") == value.GetValue<string>();
}
