using System.Text.Json.Serialization;

namespace Urial;

/// <summary>An answer as <c>urial generate</c> stored it.</summary>
public sealed class StoredAnswer
{
    /// <summary>The query's id.</summary>
    [JsonPropertyName("id")]
    public string Id { get; set; } = "";

    /// <summary>The answer's text.</summary>
    [JsonPropertyName("output")]
    public string Output { get; set; } = "";

    /// <summary>Its ids as generated, with what ended it.</summary>
    [JsonPropertyName("answer_ids")]
    public List<int> AnswerIds { get; set; } = [];

    /// <summary>Why it ended: <c>end_of_sequence</c>, <c>stop_string</c> or <c>limit</c>.</summary>
    [JsonPropertyName("stop_reason")]
    public string StopReason { get; set; } = "";

    /// <summary>Whether it ended by itself.</summary>
    [JsonIgnore]
    public bool Stopped => StopReason != AnswerJson.Name(Urial.StopReason.Limit);
}
