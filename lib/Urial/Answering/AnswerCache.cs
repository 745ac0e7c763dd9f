using System.Globalization;

namespace Urial;

/// <summary>
/// Greedy answers kept on disk, so that who asks the same again need not wait: the answer to a prompt is looked up by the model's files,
/// the prompt's ids and all settings that decide it, and generated where it is not there. Another model, another prompt or another limit
/// is another key, so a kept answer is never taken for one that it is not.
/// JSON lines with <c>key</c>, <c>id</c> (the query's, for readers), <c>answer_ids</c> and <c>stopped</c>.
/// </summary>
public sealed class AnswerCache
{
    /// <summary>
    /// The environment variable that has new answers written to the file; without it they are forgotten with the process.
    /// </summary>
    public const string Variable = "URIAL_KEEP_ANSWERS";

    private const int KeyDigits = 16; // 64 bits of SHA-256

    private readonly Dictionary<string, (int[] Ids, StopReason Reason)> _answers = new(StringComparer.Ordinal);
    private readonly string _file;
    private readonly bool _writes;

    private AnswerCache(string file, bool writes) => (_file, _writes) = (file, writes);

    /// <summary>How many answers were found.</summary>
    public int Found { get; private set; }

    /// <summary>How many answers had to be generated.</summary>
    public int Generated { get; private set; }

    /// <summary>Opens a file of kept answers; where there is none, nothing is kept yet.</summary>
    /// <param name="file">The file.</param>
    /// <param name="writes">Whether new answers are written to it; null: where <see cref="Variable"/> is set to 1.</param>
    /// <exception cref="UrialException">
    /// A line is no kept answer; the message names file and line. Half a last line is left out.
    /// </exception>
    public static AnswerCache Open(string file, bool? writes = null)
    {
        var kept = new AnswerCache(file, writes ?? Environment.GetEnvironmentVariable(Variable) == "1");
        const string Remedy = "Remove the line: its answer is then generated again.";
        foreach (var (key, ids, reason) in JsonLines.ReadAppended(file, "kept answer", Answer, Remedy))
            kept._answers[key] = (ids, reason);
        return kept;
    }

    /// <summary>Answers prompts, from the file where it can and by the model where it must.</summary>
    /// <param name="model">The model.</param>
    /// <param name="prompts">Prompts, each with its query's id.</param>
    /// <param name="options">How to decode: greedily, since a draw is not to be kept.</param>
    /// <returns>The answers in the order of the prompts.</returns>
    /// <exception cref="UrialException">The temperature is not 0, or a prompt cannot be answered.</exception>
    public IReadOnlyList<Generation> Answer(LanguageModel model, IReadOnlyList<(string Id, PromptTokens Prompt)> prompts,
        GenerationOptions options)
    {
        if (options.Temperature != 0)
            throw new UrialException(FormattableString.Invariant(
                $"Kept answers are greedy ones, and the temperature is {options.Temperature}: set it to 0, or generate without keeping."));
        var keys = prompts.Select(prompt => Key(model, prompt.Prompt, options)).ToArray();
        int[] missing = [.. Enumerable.Range(0, keys.Length).Where(i => !_answers.ContainsKey(keys[i])).DistinctBy(i => keys[i])];
        var given = model.GenerateBatch([.. missing.Select(i => prompts[i].Prompt)], options, prefix: null);
        foreach (var (i, answer) in missing.Zip(given))
            Keep(keys[i], prompts[i].Id, answer);
        (Found, Generated) = (Found + prompts.Count - missing.Length, Generated + missing.Length);
        return [.. prompts.Zip(keys,
            (prompt, key) => EndOfAnswer.Finish(model, prompt.Prompt, _answers[key].Ids, _answers[key].Reason, options))];
    }

    /// <summary>What was done, in words: <c>624 answers from data/runs/…, 0 generated</c>.</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Found:N0} answers from {Path.GetFileName(_file)}, {Generated:N0} generated");

    private static (string Key, int[] Ids, StopReason Reason) Answer(JsonLine line) =>
        (line.Need("key"), line.NeedTokenIds("answer_ids"), Enum.TryParse<StopReason>(line.Need("stopped"), out var reason)
            ? reason : throw new UrialException($"\"{line.Text("stopped")}\" is no reason to stop."));

    private void Keep(string key, string id, Generation answer)
    {
        _answers[key] = (answer.AnswerIds, answer.StopReason);
        if (!_writes)
            return;
        DurableLines.Append(_file, json =>
        {
            json.WriteStartObject();
            json.WriteString("key", key);
            json.WriteString("id", id);
            json.WriteTokenIds("answer_ids", answer.AnswerIds);
            json.WriteString("stopped", answer.StopReason.ToString());
            json.WriteEndObject();
        }, toDisk: false);
    }

    private static string Key(LanguageModel model, PromptTokens prompt, GenerationOptions options) => ContentHash.Of(
        [
            .. model.Hashes.Where(hash => hash.Key.EndsWith(".safetensors", StringComparison.Ordinal)
                || hash.Key is "config.json" or "tokenizer.json" or AdapterConfig.FileName).Select(hash => hash.Value),
            model.Precision.ToString(),
            string.Create(CultureInfo.InvariantCulture,
                $"{options.MaxNewTokens} {options.RepetitionPenalty:R} {options.PenaltyScope} {options.StopAtEos}"),
            string.Join(',', prompt.Ids),
            prompt.Closing ?? "",
            .. prompt.Stop ?? options.Stop,
        ])[..KeyDigits];
}
