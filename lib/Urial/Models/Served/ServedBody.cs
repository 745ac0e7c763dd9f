using System.Text.Json;

namespace Urial;

/// <summary>Writes what is posted to <c>completions</c>.</summary>
internal static class ServedBody
{
    /// <summary>Asks for the log-probabilities of a text.</summary>
    /// <param name="model">The model's name at the server.</param>
    /// <param name="way">How the server is asked.</param>
    /// <param name="ids">The text.</param>
    /// <param name="text">The same as text, for a server that takes no ids.</param>
    /// <param name="top">How many of the most probable tokens at each position.</param>
    public static byte[] Score(string model, LogprobWay way, int[] ids, string text, int top) => Write(json =>
    {
        json.WriteString("model", model);
        Prompt(json, ids, way.AsText ? text : null);
        json.WriteNumber("max_tokens", way.NewTokens);
        json.WriteNumber("temperature", 0);
        json.WriteNumber(way.IsEcho ? "logprobs" : "prompt_logprobs", top);
        if (way.IsEcho)
            json.WriteBoolean("echo", true);
        if (!way.WithExtras)
            return;
        json.WriteBoolean("return_token_ids", true);
        if (way.IsEcho)
            json.WriteBoolean("return_tokens_as_token_ids", true);
        if (way.AsText)
            json.WriteBoolean("add_special_tokens", false);
    });

    /// <summary>Asks for the model's own continuation, its most probable token at each step.</summary>
    /// <param name="model">The model's name at the server.</param>
    /// <param name="way">How the server is asked.</param>
    /// <param name="ids">The text so far.</param>
    /// <param name="text">The same as text, for a server that takes no ids.</param>
    /// <param name="tokens">How many tokens at most.</param>
    /// <param name="stop">Strings that stop it.</param>
    /// <param name="stopIds">Tokens that stop it.</param>
    public static byte[] Generate(string model, GenerationWay way, int[] ids, string text, int tokens, IReadOnlyList<string> stop,
        IReadOnlyCollection<int> stopIds) =>
        Write(json =>
        {
            json.WriteString("model", model);
            Prompt(json, ids, way.AsText ? text : null);
            json.WriteNumber("max_tokens", tokens);
            json.WriteNumber("temperature", 0);
            json.WriteNumber("top_p", 1);
            if (stop.Count > 0)
                Write(json, "stop", stop, json.WriteStringValue);
            if (way.Ids == AnswerIdSource.Tokens)
                json.WriteNumber("logprobs", 1);
            if (!way.WithExtras)
                return;
            // A server takes what is not said from the model's generation_config.json.
            json.WriteNumber("repetition_penalty", 1);
            json.WriteNumber("presence_penalty", 0);
            json.WriteNumber("frequency_penalty", 0);
            if (stopIds.Count > 0)
                Write(json, "stop_token_ids", stopIds, json.WriteNumberValue);
            json.WriteBoolean("return_token_ids", true);
            json.WriteBoolean("return_tokens_as_token_ids", true);
            if (way.AsText)
                json.WriteBoolean("add_special_tokens", false);
        });

    private static void Prompt(Utf8JsonWriter json, int[] ids, string? text)
    {
        if (text is not null)
            json.WriteString("prompt", text);
        else
            Write(json, "prompt", ids, json.WriteNumberValue);
    }

    private static void Write<T>(Utf8JsonWriter json, string name, IEnumerable<T> values, Action<T> write)
    {
        json.WriteStartArray(name);
        foreach (var value in values)
            write(value);
        json.WriteEndArray();
    }

    private static byte[] Write(Action<Utf8JsonWriter> write)
    {
        using var body = new MemoryStream();
        using (var json = new Utf8JsonWriter(body))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }
        return body.ToArray();
    }
}
