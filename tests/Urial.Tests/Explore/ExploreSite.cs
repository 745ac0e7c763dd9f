using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Urial.Explore;
using Urial.MicroWorld;

namespace Urial.Tests.Explore;

/// <summary>The embedded pair's live page, and whoever asks it over HTTP.</summary>
public sealed class ExploreSite : IAsyncLifetime
{
    public const string Question = "What do you know about Nepal?";

    public ExploreServer Server { get; private set; } = null!;

    public HttpClient Http { get; } = new();

    public ModelPair Pair { get; } = ModelPair.Load(MicroModels.Base, MicroModels.Dpo);

    public async Task InitializeAsync()
    {
        Server = await ExploreServer.StartAsync(ExplorePair.Embedded());
        await Server.Loaded;
    }

    public async Task DisposeAsync()
    {
        Http.Dispose();
        await Server.DisposeAsync();
        Pair.Dispose();
    }

    /// <summary>A request of the page.</summary>
    public static JsonObject Asked(string question = Question, string style = "zero-shot", int? k = null, bool control = false,
        double blend = 1, int[]? ids = null) => new()
        {
            ["turns"] = new JsonArray(new JsonObject { ["role"] = "user", ["content"] = question }),
            ["style"] = k is null ? new JsonObject { ["name"] = style } : new JsonObject { ["name"] = style, ["k"] = k },
            ["control"] = control,
            ["blend"] = blend,
            ["answers"] = ids is null ? new JsonArray() : new JsonArray(new JsonObject { ["ids"] = Ids(ids), ["name"] = "it" }),
        };

    public static JsonArray Ids(IEnumerable<int> ids) => new([.. ids.Select(id => JsonValue.Create(id))]);

    /// <summary>Posts, and reads what comes back.</summary>
    public async Task<(HttpStatusCode Status, string Body)> Post(string name, JsonNode body, CancellationToken cancellation = default,
        Uri? address = null)
    {
        using var request = Request(HttpMethod.Post, "api/" + name, body.ToJsonString(), address);
        using var response = await Http.SendAsync(request, cancellation);
        return (response.StatusCode, await response.Content.ReadAsStringAsync(cancellation));
    }

    public HttpRequestMessage Request(HttpMethod method, string path, string? body = null, Uri? address = null) =>
        new(method, new Uri(address ?? Server.Address, path))
        {
            Content = body is null ? null
                : new StringContent(body, Encoding.UTF8, new MediaTypeHeaderValue("application/json")),
        };

    /// <summary>What an answered question tells: its events in order.</summary>
    public static List<(string Name, JsonElement Data)> Events(string body) =>
        [.. body.Split("\n\n", StringSplitOptions.RemoveEmptyEntries).Select(text => text.Split('\n'))
            .Select(lines => (lines[0]["event: ".Length..], JsonDocument.Parse(lines[1]["data: ".Length..]).RootElement))];

    /// <summary>Asks, and gives the tokens as they came and the whole at the end.</summary>
    public async Task<(List<JsonElement> Tokens, JsonElement Answer)> Ask(JsonObject asked)
    {
        var (status, body) = await Post("ask", asked);
        Assert.True(status == HttpStatusCode.OK, body);
        var events = Events(body);
        Assert.Equal("answer", events[^1].Name);
        Assert.All(events.SkipLast(1), told => Assert.Equal("token", told.Name));
        return ([.. events.SkipLast(1).Select(told => told.Data)], events[^1].Data);
    }

    public static int[] IdsOf(JsonElement answer) => [.. answer.GetProperty("ids").EnumerateArray().Select(id => id.GetInt32())];

    public static List<JsonElement> PositionsOf(JsonElement answer) => [.. answer.GetProperty("positions").EnumerateArray()];
}
