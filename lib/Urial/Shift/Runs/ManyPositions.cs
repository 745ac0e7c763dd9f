using System.Text.Json.Nodes;
using DuckDB.NET.Data;

namespace Urial;

/// <summary>
/// A run of any number of positions, made of a stored one by repeating its answers under other ids: to see what tools do with a large run.
/// It says nothing new of the models. Most probable tokens are left out.
/// </summary>
public static class ManyPositions
{
    /// <summary>Makes the run.</summary>
    /// <param name="source">The folder of a run with <c>positions.parquet</c>.</param>
    /// <param name="folder">The folder of the new one, which gets positions and a manifest.</param>
    /// <param name="positions">How many positions it has at least.</param>
    /// <returns>How many it has.</returns>
    /// <exception cref="UrialException">The source has no such positions, or the folder cannot be written.</exception>
    public static long Make(string source, string folder, long positions)
    {
        var manifest = ManifestJson.Read(Path.Combine(source, "manifest.json"));
        var each = (long)PositionsSql.Query(source, "SELECT count(*) AS n FROM positions")["n"][0]!;
        var times = (Math.Max(1, positions) + each - 1) / Math.Max(1, each);
        var file = Path.Combine(folder, PositionsParquet.FileName);
        AtomicFile.MakeFolderOf(file);
        using (var connection = PositionsSql.Open(source))
            PositionsSql.Execute(connection, $"COPY (SELECT * EXCLUDE (copy{Lists(connection)}) REPLACE (id || '-' || copy AS id) "
                + FormattableString.Invariant($"FROM range({times}) copies(copy) CROSS JOIN positions) TO {PositionsSql.Quoted(file)} ")
                + "(FORMAT parquet, ROW_GROUP_SIZE 61440)");
        var cut = manifest["not_ended"]?.AsArray().Select(id => id!.GetValue<string>()).ToArray() ?? [];
        AtomicFile.WriteText(Path.Combine(folder, "manifest.json"), ManifestJson.Text(new JsonObject
        {
            ["kind"] = "urial-many-positions",
            ["made_of"] = source,
            ["n_positions"] = times * each,
            ["not_ended"] = ManifestJson.List(Enumerable.Range(0, (int)times).SelectMany(copy => cut.Select(id => $"{id}-{copy}"))),
        }));
        return times * each;
    }

    // The columns of most probable tokens, as they stand behind another in a list; a run of --top 0 has none.
    private static string Lists(DuckDBConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT column_name FROM (DESCRIBE positions) WHERE column_type LIKE '%[]'";
        using var reader = command.ExecuteReader();
        var names = "";
        while (reader.Read())
            names += $", {reader.GetString(0)}";
        return names;
    }
}
