namespace Urial;

/// <summary>Reads the files that a model is tuned on.</summary>
internal static class TuneData
{
    private const string What = "preferences file";
    private const string Fields = "\"instruction\", \"chosen\" and \"rejected\"";

    /// <summary>Written answers as token ids.</summary>
    /// <exception cref="UrialException">The file cannot be used, or an example does not fit.</exception>
    public static IReadOnlyList<TokenPair> Written(string file, TunedTurns turns, int? limit = null) => Of(file,
        WrittenExamples.ReadAll(file), limit, example => turns.Pair(example.Id, example.Instruction, example.Answer));

    /// <summary>Pairs of answers as token ids.</summary>
    /// <exception cref="UrialException">A file cannot be used, an answer is missing, or a pair does not fit.</exception>
    public static IReadOnlyList<PreferencePair> Preferences(TuneSettings settings, TunedTurns turns, int vocabulary)
    {
        if (settings.RejectedFile is null)
            return Of(settings.DataFile, JsonLines.ReadAll(settings.DataFile, What, Fields, Lines, JsonIds.None), settings.Limit, line =>
            {
                var chosen = turns.Pair(line.Id, line.Instruction, line.Chosen);
                var rejected = turns.Pair(line.Id, line.Instruction, line.Rejected);
                return new PreferencePair(chosen.PromptIds, chosen.AnswerIds, rejected.AnswerIds);
            });
        var answers = StoredAnswers.Read(settings.RejectedFile).ToDictionary(answer => answer.Id, answer => answer.AnswerIds);
        return Of(settings.DataFile, WrittenExamples.ReadAll(settings.DataFile), settings.Limit, example =>
        {
            var ids = answers.GetValueOrDefault(example.Id)?.ToArray() ?? throw new UrialException(
                $"{settings.RejectedFile} has no answer to {example.Id}. Answer all of {settings.DataFile} with urial generate, or set "
                    + "--limit.");
            var chosen = turns.Pair(example.Id, example.Instruction, example.Answer);
            var problem = ids.Length == 0 ? "is empty" : ids.Any(id => id < 0 || id >= vocabulary) ? "holds ids that the base does not know"
                : ids.AsSpan().SequenceEqual(chosen.AnswerIds) ? "is the written one: there is nothing to prefer" : null;
            return problem is null
                ? new PreferencePair(chosen.PromptIds, chosen.AnswerIds, turns.Pair(example.Id, example.Instruction, ids).AnswerIds)
                : throw new UrialException($"{settings.RejectedFile}: the answer to {example.Id} {problem}.");
        });
    }

    private static IReadOnlyList<TResult> Of<T, TResult>(string file, IReadOnlyList<T> lines, int? limit, Func<T, TResult> make)
    {
        if (limit > lines.Count)
            throw new UrialException($"{file} has {lines.Count} lines, and --limit asks for {limit}. Leave it out to take all.");
        try
        {
            return [.. lines.Take(limit ?? lines.Count).Select(make)];
        }
        catch (UrialException e)
        {
            throw new UrialException($"{file}: {e.Message}", e);
        }
    }

    private static (string Id, string Instruction, string Chosen, string Rejected) Lines(JsonLine line)
    {
        var (chosen, rejected) = (line.Need("chosen"), line.Need("rejected"));
        if (string.IsNullOrWhiteSpace(chosen) || string.IsNullOrWhiteSpace(rejected))
            throw new UrialException("\"chosen\" or \"rejected\" is empty.");
        if (chosen == rejected)
            throw new UrialException("\"chosen\" and \"rejected\" are the same: there is nothing to prefer. Leave the line out.");
        var instruction = line.Need("instruction");
        return !string.IsNullOrWhiteSpace(instruction)
            ? (line.Text("id") ?? FormattableString.Invariant($"line-{line.Number}"), instruction, chosen, rejected)
            : throw new UrialException("\"instruction\" is empty.");
    }
}
