namespace Urial.Explore;

/// <summary>What the page has to know of its pair before it asks.</summary>
internal static class AboutJson
{
    /// <summary>The pair, the choices and the limits.</summary>
    public static string Of(OpenPair pair) => AnswerJson.Object(json =>
    {
        var (models, source) = (pair.Models, pair.Source);
        json.WriteString("base", VisibleText.Of(models.Base.Name));
        json.WriteString("aligned", VisibleText.Of(models.Aligned.Name));
        json.WriteString("kind", Kind(pair));
        json.WriteStartArray("notes");
        foreach (var note in models.Notes)
            json.WriteStringValue(VisibleText.Of(note));
        json.WriteEndArray();
        json.WriteString("fingerprint", pair.Fingerprint);
        json.WriteBoolean("embedded", source.IsEmbedded);
        json.WriteBoolean("local", models.IsLocal);
        json.WriteStartArray("styles");
        var hasTemplate = models.Aligned.ChatTemplate is not null;
        foreach (var (name, label, examples) in BaseStyle.All.Where(style => style.Name != "chat" || hasTemplate))
            foreach (var k in examples.Length == 0 ? new int?[] { null } : [.. examples.Cast<int?>()])
            {
                json.WriteStartObject();
                json.WriteString("name", name);
                if (k is { } shown)
                    json.WriteNumber("k", shown);
                json.WriteString("label", k is null ? label : FormattableString.Invariant($"{label}, K = {k}"));
                json.WriteEndObject();
            }
        json.WriteEndArray();
        json.WriteStartArray("sets");
        foreach (var (name, questions) in BaseStyle.Questions(source.IsEmbedded))
        {
            json.WriteStartObject();
            json.WriteString("name", name);
            json.WriteStartArray("questions");
            foreach (var (kind, text) in questions)
            {
                json.WriteStartArray();
                json.WriteStringValue(kind);
                json.WriteStringValue(text);
                json.WriteEndArray();
            }
            json.WriteEndArray();
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteStartObject("limits");
        json.WriteNumber("conversation", Limits.Conversation);
        json.WriteNumber("prompt", Limits.Prompt);
        json.WriteNumber("answer", Limits.Answer);
        json.WriteNumber("usual", Limits.UsualAnswer);
        json.WriteNumber("branches", Limits.Branches);
        json.WriteEndObject();
    });

    // Every result is labelled as what it is.
    private static string Kind(OpenPair pair) =>
        pair.Source.IsEmbedded ? "The embedded pair of the micro-world: a model organism with a made-up world, no model of real language."
        : pair.Models.Base.Name == pair.Models.Aligned.Name && pair.Source.BaseName == pair.Source.AlignedName
            ? "One model on both sides: what differs is the prompt and not the weights."
        : pair.Settings.IsServed ? "A pair of models, of which a server has one or both: numbers may be known within bounds only."
        : "A pair of models: a base model and its aligned counterpart.";
}
