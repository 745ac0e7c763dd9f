using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Urial.Tests.Models.Served;

/// <summary>
/// What a server of vLLM's kind answers: the shapes of its OpenAI-compatible completions (docs.vllm.ai, CompletionRequest and
/// CompletionResponse), computed by a decoder of ours.
/// </summary>
internal sealed class CompletionsTestReplies(LanguageModel model, CompletionsTestOptions options)
{
    private static readonly string[] Plain =
        ["model", "prompt", "max_tokens", "temperature", "top_p", "n", "stop", "echo", "logprobs", "presence_penalty", "frequency_penalty"];

    private readonly Lock _lock = new();

    public string Models() => new JsonObject
    {
        ["object"] = "list",
        ["data"] = new JsonArray([.. new[] { options.Name }.Concat(options.OtherNames).Select(name => (JsonNode)new JsonObject
        {
            ["id"] = name,
            ["object"] = "model",
            ["owned_by"] = "vllm",
            ["max_model_len"] = model.Config.ContextLength,
        })]),
    }.ToJsonString();

    public (int Status, string Body) Complete(JsonElement request)
    {
        var names = request.EnumerateObject().Select(field => field.Name);
        if (options.Strict && names.FirstOrDefault(name => !Plain.Contains(name)) is { } odd)
            return Error(400, $"Unrecognized request argument supplied: {odd}");
        if (request.GetProperty("model").GetString() != options.Name)
            return Error(404, "The model does not exist.");
        var prompt = request.GetProperty("prompt");
        if (prompt.ValueKind == JsonValueKind.Array && !options.TakesIds)
            return Error(422, "prompt: Input should be a valid string");
        var ids = prompt.ValueKind == JsonValueKind.String ? model.Tokenizer.Encode(prompt.GetString()!)
            : prompt.EnumerateArray().Select(id => id.GetInt32()).ToArray();
        var top = Number(request, "prompt_logprobs") is { } asked && options.PromptLogprobs ? asked : (int?)null;
        var echo = options.Echo && Flag(request, "echo") && !(options.PromptLogprobs && top is not null);
        var logprobs = Number(request, "logprobs");
        var most = top ?? (echo ? logprobs : null);
        if (options.MaxLogprobs >= 0 && most is { } wanted && (wanted == -1 || wanted > options.MaxLogprobs))
            return Error(400, $"Requested prompt logprobs of {wanted}, which is greater than max allowed: {options.MaxLogprobs}");
        var tokens = Number(request, "max_tokens") ?? 16;
        if (tokens < 1 && (!echo || options.EchoNeedsToken))
            return Error(400, "max_tokens must be at least 1, got 0.");
        if (ids.Length + tokens > model.Config.ContextLength)
            return Error(400, $"This model's maximum context length is {model.Config.ContextLength} tokens. However, you requested more.");
        lock (_lock)
            return (200, Reply(request, ids, tokens, top, echo ? logprobs : null, logprobs).ToJsonString()
                .Replace("\"NaN\"", "NaN", StringComparison.Ordinal)); // as Python writes it
    }

    private JsonObject Reply(JsonElement request, int[] ids, int tokens, int? top, int? echoed, int? logprobs)
    {
        var (answer, text, finish, stopped) = Answer(request, ids, tokens);
        var asIds = options.TokensAsIds && Flag(request, "return_tokens_as_token_ids");
        var withIds = options.TokenIds && Flag(request, "return_token_ids");
        var told = top is not null || echoed is not null ? new ServedLogprobs(model, ids) : null;
        var choice = new JsonObject
        {
            ["index"] = 0,
            ["text"] = (echoed is not null ? model.Tokenizer.Decode(ids) : "") + text,
            ["finish_reason"] = finish,
            ["stop_reason"] = stopped,
            ["logprobs"] = echoed is { } count ? Echo(told!, ids, [.. ids, .. answer], count, asIds)
                : logprobs is not null ? new JsonObject
                {
                    ["tokens"] = Array(answer.Select(id => Spelled(id, asIds))),
                    ["token_logprobs"] = Array(answer.Select(_ => -0.5)),
                } : null,
            ["prompt_logprobs"] = top is { } k ? Prompt(told!, ids, k) : null,
            ["token_ids"] = withIds ? Array(answer) : null,
            ["prompt_token_ids"] = withIds ? Array(ids) : null,
        };
        return new JsonObject
        {
            ["id"] = "cmpl-1",
            ["object"] = "text_completion",
            ["created"] = 1,
            ["model"] = options.Name,
            ["choices"] = new JsonArray(choice),
            ["usage"] = new JsonObject { ["prompt_tokens"] = ids.Length, ["completion_tokens"] = answer.Length },
        };
    }

    // As vLLM: the first stop string anywhere ends it; the ids hold all that was generated, the end of sequence included.
    private (int[] Ids, string Text, string Finish, JsonNode? Stopped) Answer(JsonElement request, int[] ids, int tokens)
    {
        if (tokens == 0)
            return ([], "", "length", null);
        var answer = model.Generate(ids, new GenerationOptions { MaxNewTokens = tokens }).AnswerIds;
        string[] stops = request.TryGetProperty("stop", out var list) ? [.. list.EnumerateArray().Select(stop => stop.GetString()!)] : [];
        int[] ends = request.TryGetProperty("stop_token_ids", out var named) ? [.. named.EnumerateArray().Select(id => id.GetInt32())] : [];
        for (var length = 1; length <= answer.Length; length++)
        {
            var isEnd = model.Config.EosTokenIds.Contains(answer[length - 1]);
            if (isEnd || ends.Contains(answer[length - 1]))
                return (options.LeavesOutEnd ? answer[..(length - 1)] : answer[..length], Text(answer[..(length - 1)]), "stop",
                    isEnd ? null : answer[length - 1]);
            var text = Text(answer[..length]);
            if (stops.FirstOrDefault(stop => text.Contains(stop, StringComparison.Ordinal)) is { } found)
                return (answer[..length], text[..text.IndexOf(found, StringComparison.Ordinal)], "stop", found);
        }
        return (answer, Text(answer), "length", null);
    }

    private JsonArray Prompt(ServedLogprobs told, int[] ids, int top)
    {
        var places = new JsonArray();
        for (var place = options.Drop; place < ids.Length; place++)
        {
            if (place == 0)
            {
                places.Add(null);
                continue;
            }
            var entry = new JsonObject();
            foreach (var (id, rank) in told.Top(place, top).Select((id, i) => (id, i + 1))
                .Prepend((id: ids[place], told.Rank(place, ids[place]))))
                entry[id.ToString(CultureInfo.InvariantCulture)] = new JsonObject
                {
                    ["logprob"] = Log(told, place, id),
                    ["rank"] = options.Ranks ? rank : null,
                    ["decoded_token"] = Spelled(id, false),
                };
            places.Add(entry);
        }
        return places;
    }

    private JsonObject Echo(ServedLogprobs told, int[] ids, int[] all, int top, bool asIds)
    {
        var (logs, tops) = (new JsonArray(), new JsonArray());
        for (var place = 0; place < all.Length; place++)
        {
            logs.Add(place == 0 ? null : place < ids.Length ? Log(told, place, all[place]) : -0.5);
            var entry = place == 0 || place >= ids.Length ? null : new JsonObject();
            if (entry is not null)
                foreach (var id in told.Top(place, top).Prepend(ids[place]))
                    entry[Spelled(id, asIds)] = Log(told, place, id);
            tops.Add(entry);
        }
        return new JsonObject
        {
            ["text_offset"] = new JsonArray(),
            ["tokens"] = Array(all.Skip(options.Drop).Select(id => Spelled(id, asIds))),
            ["token_logprobs"] = logs,
            ["top_logprobs"] = tops,
        };
    }

    private JsonNode Log(ServedLogprobs told, int place, int id)
    {
        var log = options.Log?.Invoke(place, id, told.At(place, id)) ?? told.At(place, id);
        return double.IsFinite(log) ? JsonValue.Create(log) : JsonValue.Create(log.ToString(CultureInfo.InvariantCulture));
    }

    private string Spelled(int id, bool asId) =>
        asId ? $"token_id:{id}" : options.Spelling?.Invoke(id) ?? (model.Tokenizer.Contains(id) ? model.Tokenizer.Decode([id]) : "");

    private string Text(int[] ids) => model.Tokenizer.Decode(ids, skipSpecialTokens: true);

    private (int, string) Error(int status, string message) => (status, (options.FlatErrors
        ? new JsonObject { ["object"] = "error", ["message"] = message, ["type"] = "BadRequestError", ["code"] = status }
        : new JsonObject { ["error"] = new JsonObject { ["message"] = message, ["type"] = "BadRequestError", ["code"] = status } })
        .ToJsonString());

    private static JsonArray Array<T>(IEnumerable<T> values) => new([.. values.Select(value => (JsonNode?)JsonValue.Create(value))]);

    private static int? Number(JsonElement request, string name) =>
        request.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number ? value.GetInt32() : null;

    private static bool Flag(JsonElement request, string name) =>
        request.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.True;
}
