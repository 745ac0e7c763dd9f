using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Urial.MicroWorld;

/// <summary>
/// Queries as JSON lines: <c>id</c> and <c>instruction</c>, which <c>urial shift</c> reads, and the ground truth beside them: <c>kind</c>,
/// <c>wording</c>, <c>entities</c>, <c>attributes</c>, <c>facts</c>, and where they apply <c>truth</c>, <c>accepted</c>, <c>options</c>,
/// <c>wanted</c> and <c>act</c>.
/// </summary>
public static class QueryFile
{
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The committed held-out queries.</summary>
    public static string HeldOutPath => Repository.Path("data", "queries", "heldout.jsonl");

    /// <summary>The committed held-out queries, as they are drawn: 300 of all kinds but the unsafe, then 60 unsafe ones.</summary>
    public static IReadOnlyList<NamedQuery> HeldOut() =>
    [
        .. SftData.HeldOutQueries(300, 1).Select((q, i) => new NamedQuery($"heldout-{i + 1:000}", q)),
        .. SftData.HeldOutUnsafe(60, 1).Select((q, i) => new NamedQuery($"unsafe-{i + 1:000}", q)),
    ];

    /// <summary>The committed second set of held-out queries.</summary>
    public static string FreshPath => Repository.Path("data", "queries", "heldout-2.jsonl");

    /// <summary>
    /// A second set of held-out queries, none of them among the first, on which the project's prompts were chosen: what chapters 8 to 13
    /// report is measured here. 36 of each kind but the unsafe, then 60 unsafe ones.
    /// </summary>
    public static IReadOnlyList<NamedQuery> Fresh()
    {
        const int General = 252, PerKind = 36, Unsafe = 60, Seed = 2;
        var first = HeldOut().Select(query => query.Query.Text).ToHashSet(StringComparer.Ordinal);
        var general = SftData.HeldOutQueries(2 * General, Seed).Where(query => !first.Contains(query.Text)).ToList();
        var places = general.Select((query, place) => (query.Kind, place)).GroupBy(q => q.Kind).SelectMany(kind => kind.Take(PerKind))
            .Select(q => q.place).Order();
        return
        [
            .. places.Select((place, i) => new NamedQuery($"fresh-{i + 1:000}", general[place])),
            .. SftData.HeldOutUnsafe(2 * Unsafe, Seed).Where(query => !first.Contains(query.Text)).Take(Unsafe)
                .Select((query, i) => new NamedQuery($"fresh-unsafe-{i + 1:000}", query)),
        ];
    }

    /// <summary>How many queries there are of each kind, in words: <c>36 Single, 36 Several</c>.</summary>
    public static string Kinds(IEnumerable<NamedQuery> queries) =>
        string.Join(", ", queries.CountBy(query => query.Query.Kind).OrderBy(kind => kind.Key)
            .Select(kind => FormattableString.Invariant($"{kind.Value} {kind.Key.Name()}")));

    /// <summary>Queries as JSON lines, ended by LF.</summary>
    public static string ToJsonLines(IEnumerable<NamedQuery> queries)
    {
        var text = new StringBuilder();
        foreach (var (id, query) in queries)
        {
            var line = new JsonObject
            {
                ["id"] = id,
                ["instruction"] = query.Text,
                ["kind"] = JsonNamingPolicy.CamelCase.ConvertName(query.Kind.ToString()),
                ["wording"] = query.UnseenWording ? "unseen" : "seen",
                ["entities"] = Names(query.Entities),
                ["attributes"] = new JsonArray([.. query.Attributes.Select(a => JsonValue.Create(a))]),
                ["facts"] = new JsonArray([.. query.Facts
                    .Select(f => new JsonObject { ["entity"] = f.Entity.Name, ["attribute"] = f.Attribute, ["value"] = f.Value })]),
            };
            if (query.Truth is { } truth)
                line["truth"] = truth;
            if (query.Accepted.Count > 0)
                (line["accepted"], line["wanted"]) = (Names(query.Accepted), query.Wanted);
            if (query.Options.Count > 0)
                line["options"] = Names(query.Options);
            if (query.Act is { } act)
                line["act"] = act;
            text.Append(line.ToJsonString(Plain)).Append('\n');
        }
        return text.ToString();
    }

    /// <summary>Reads queries written by <see cref="ToJsonLines"/>.</summary>
    /// <exception cref="UrialException">
    /// The file is missing or a line is no query of this world; the message names file and line.
    /// </exception>
    public static IReadOnlyList<NamedQuery> Read(string file) =>
        JsonLines.ReadAll(file, "queries file", "a query of the micro-world and its ground truth", Parse);

    private static NamedQuery Parse(JsonLine line)
    {
        try
        {
            return Parse(JsonObject.Create(line.Json)!);
        }
        catch (Exception e) when (
            e is InvalidOperationException or ArgumentException or FormatException or KeyNotFoundException or NullReferenceException)
        {
            throw new UrialException($"The line is no query of the micro-world: {e.Message}", e);
        }
    }

    private static NamedQuery Parse(JsonObject line) => new(Text(line, "id"), new Query
    {
        Kind = Enum.Parse<QueryKind>(Text(line, "kind"), ignoreCase: true),
        Text = Text(line, "instruction"),
        UnseenWording = Text(line, "wording") == "unseen",
        Entities = Entities(line["entities"]),
        Attributes = [.. line["attributes"]!.AsArray().Select(a => a!.GetValue<string>())],
        Facts = [.. line["facts"]!.AsArray().Select(f => ParseFact(f!.AsObject()))],
        Truth = line["truth"]?.GetValue<bool>(),
        Accepted = Entities(line["accepted"]),
        Options = Entities(line["options"]),
        Wanted = line["wanted"]?.GetValue<int>() ?? 1,
        Act = line["act"]?.GetValue<string>(),
    });

    private static Fact ParseFact(JsonObject fact)
    {
        var stored = new Fact(Entity(Text(fact, "entity")), Text(fact, "attribute"), Text(fact, "value"));
        return stored.Entity[stored.Attribute] == stored.Value ? stored
            : throw new FormatException($"the tables say that the {stored.Attribute} of {stored.Entity.Name} is "
                + $"'{stored.Entity[stored.Attribute]}', not '{stored.Value}'");
    }

    private static string Text(JsonObject line, string field) =>
        line[field]?.GetValue<string>() ?? throw new FormatException($"the field '{field}' is missing");

    private static Entity[] Entities(JsonNode? names) =>
        names is null ? [] : [.. names.AsArray().Select(n => Entity(n!.GetValue<string>()))];

    private static Entity Entity(string name) => World.Load().Find(name) ?? throw new KeyNotFoundException($"there is no entity '{name}'");

    private static JsonArray Names(IEnumerable<Entity> entities) => new([.. entities.Select(e => JsonValue.Create(e.Name))]);
}
