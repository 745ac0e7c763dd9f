namespace Urial;

/// <summary>
/// Replies of judges on disk, by model and prompt hash, so that a rerun asks nobody: JSON lines with <c>model</c>,
/// <c>prompt_sha256</c>, <c>reply</c>, <c>input_tokens</c>, <c>output_tokens</c>, and <c>temperature</c> (<c>server</c>) where it was not
/// 0. Only replies that gave a verdict are kept.
/// </summary>
public sealed class ReplayCache
{
    private readonly Lock _lock = new();
    private readonly Dictionary<(string Model, string Prompt), (string Reply, bool AtServerTemperature)> _replies = [];
    private readonly string _file;

    private ReplayCache(string file) => _file = file;

    /// <summary>How many replies it holds.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
                return _replies.Count;
        }
    }

    /// <summary>Opens a cache; where there is no file, an empty one that is written with the first reply.</summary>
    /// <exception cref="UrialException">A line is not a reply (half a last line is left out); the message names file and line.</exception>
    public static ReplayCache Open(string file)
    {
        var cache = new ReplayCache(file);
        foreach (var (model, prompt, reply, atServer) in JsonLines.ReadAppended(file, "reply", Reply, "Remove the line or the file."))
            cache._replies[(model, prompt)] = (reply, atServer);
        return cache;
    }

    private static (string Model, string Prompt, string Reply, bool AtServer) Reply(JsonLine line) =>
        (line.Need("model"), line.Need("prompt_sha256"), line.Need("reply"), JudgmentsFile.IsAtServerTemperature(line.Json));

    /// <summary>The stored reply to a prompt and whether it was given at the server's temperature; null where there is none.</summary>
    internal (string Reply, bool AtServerTemperature)? Find(string model, string promptSha256)
    {
        lock (_lock)
            return _replies.TryGetValue((model, promptSha256), out var stored) ? stored : null;
    }

    /// <summary>Stores a reply, on disk before the call returns.</summary>
    internal void Add(string model, string promptSha256, string reply, JudgeUsage usage, bool atServerTemperature)
    {
        lock (_lock)
        {
            DurableLines.Append(_file, json =>
            {
                json.WriteStartObject();
                json.WriteString("model", model);
                json.WriteString("prompt_sha256", promptSha256);
                json.WriteString("reply", reply);
                json.WriteNumber("input_tokens", usage.InputTokens);
                json.WriteNumber("output_tokens", usage.OutputTokens);
                JudgmentsFile.WriteTemperature(json, atServerTemperature);
                json.WriteEndObject();
            });
            _replies[(model, promptSha256)] = (reply, atServerTemperature);
        }
    }
}
