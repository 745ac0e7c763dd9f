namespace Urial;

/// <summary>Reads <c>data/just-eval/examples.csv</c>.</summary>
internal static class ExamplesTable
{
    private const string Header = "id,split,source,subset,source_id,task_tags,topic_tags,difficulty,lite";

    public static IReadOnlyList<JustEvalExample> Read(string file)
    {
        var table = CsvLines.Read(file, Header);
        var examples = new List<JustEvalExample>(table.Rows.Count);
        var ids = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (line, cells) in table.Rows)
        {
            if (cells[0].Length == 0 || !ids.Add(cells[0]))
                throw table.Error(line, $"the id '{cells[0]}' is empty or came before.");
            var split = cells[1] switch
            {
                "general" => JustEvalSplit.General,
                "safety" => JustEvalSplit.Safety,
                _ => throw table.Error(line, $"the split is general or safety, not '{cells[1]}'."),
            };
            if (cells[8] is not ("0" or "1"))
                throw table.Error(line, $"lite is 0 or 1, not '{cells[8]}'.");
            examples.Add(new JustEvalExample(
                cells[0], split, cells[2], cells[3], cells[4], Tags(cells[5]), Tags(cells[6]), cells[7].Length > 0 ? cells[7] : null,
                cells[8] == "1"));
        }
        return examples;
    }

    private static string[] Tags(string cell) => cell.Split('|', StringSplitOptions.RemoveEmptyEntries);
}
