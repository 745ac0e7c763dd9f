using System.Text.Json;

namespace Urial;

/// <summary>The models that a server has, from <c>GET models</c>.</summary>
/// <param name="Models">Their names, with the longest text that each reads where the server says so.</param>
internal sealed record ServedListing(IReadOnlyList<(string Name, int? ContextLength)> Models)
{
    private const int MostNamed = 20;
    private static readonly string[] Lengths = ["max_model_len", "context_length", "context_window", "max_context_length"];

    /// <summary>Reads the reply.</summary>
    /// <exception cref="ServerFault">It has no list.</exception>
    public static ServedListing Read(JsonElement root, ServedErrors errors)
    {
        var list = root.ValueKind == JsonValueKind.Array ? root
            : ServerJson.Field(root, "data") ?? ServerJson.Field(root, "models")
                ?? throw errors.Unusable("no field \"data\" with its models");
        if (list.ValueKind != JsonValueKind.Array)
            throw errors.Unusable("no list of models in \"data\"");
        return new ServedListing([.. list.EnumerateArray()
            .Select(model => (Name: ServerJson.Text(ServerJson.Field(model, "id") ?? ServerJson.Field(model, "name")), Length(model)))
            .Where(model => model.Name is { Length: > 0 }).Select(model => (model.Name!, model.Item2))]);
    }

    /// <summary>The model that is meant.</summary>
    /// <param name="name">Its name; null: the only one.</param>
    /// <param name="errors">Words errors.</param>
    /// <exception cref="UrialException">There is none of that name; or none is named, and there are several, or none.</exception>
    public (string Name, int? ContextLength) Choose(string? name, ServedErrors errors)
    {
        if (name is null)
            return Models switch
            {
                [var only] => only,
                [] => throw errors.Wrong("serves no model. Load one, or name it with --base-model or --aligned-model."),
                _ => throw errors.Wrong($"serves {Models.Count} models: {Names(errors)}. Name one with --base-model or --aligned-model."),
            };
        var found = Models.FirstOrDefault(model => model.Name == name);
        return found.Name is not null ? found
            : throw errors.Wrong($"serves no model of that name. It serves {(Models.Count == 0 ? "none" : Names(errors))}.");
    }

    private string Names(ServedErrors errors) => string.Join(", ", Models.Take(MostNamed).Select(model => errors.Shown(model.Name)))
        + (Models.Count > MostNamed ? $" and {Models.Count - MostNamed} more" : "");

    private static int? Length(JsonElement model) =>
        Lengths.Select(name => ServerJson.Count(ServerJson.Field(model, name))).FirstOrDefault(count => count is > 0 and <= int.MaxValue)
            is > 0 and var length ? (int)length : null;
}
