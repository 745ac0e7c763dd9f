using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Urial.Tests.Explore;

/// <summary>Who gets something from the live page, and who nothing; what it refuses, and that it lives on.</summary>
public sealed class ExploreGuardTests(ExploreSite site) : IClassFixture<ExploreSite>
{
    [Theory]
    [InlineData("")]
    [InlineData("x/")]
    [InlineData("0123456789abcdef0123456789abcdef/")]
    [InlineData("0123456789abcdef0123456789abcdef/api/about")]
    [InlineData("explore.js")]
    public async Task Without_the_token_there_is_nothing(string path)
    {
        using var response = await site.Http.GetAsync(new Uri($"http://127.0.0.1:{site.Server.Address.Port}/{path}"));
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Equal("", await response.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData("Host", "evil.example")]
    [InlineData("Host", "evil.example:PORT")]
    [InlineData("Host", "127.0.0.1:1")]
    [InlineData("Host", "127.0.0.1.evil.example:PORT")]
    [InlineData("Origin", "http://evil.example")]
    [InlineData("Origin", "null")]
    [InlineData("Origin", "https://127.0.0.1:PORT")]
    [InlineData("Origin", "http://127.0.0.1:1")]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    [InlineData("Sec-Fetch-Site", "same-site")]
    public async Task A_page_of_another_origin_gets_nothing(string header, string value)
    {
        value = value.Replace("PORT", $"{site.Server.Address.Port}");
        foreach (var (method, path, body) in new[]
        {
            (HttpMethod.Post, "api/ask", ExploreSite.Asked().ToJsonString()), (HttpMethod.Get, "api/about", null),
            (HttpMethod.Get, "explore.js", null), (HttpMethod.Options, "api/ask", null),
        })
        {
            using var request = site.Request(method, path, body);
            request.Headers.TryAddWithoutValidation(header, value);
            using var response = await site.Http.SendAsync(request);
            Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
            Assert.Equal("", await response.Content.ReadAsStringAsync());
            Assert.DoesNotContain(response.Headers, sent => sent.Key.StartsWith("Access-Control", StringComparison.OrdinalIgnoreCase));
        }
    }

    [Fact]
    public async Task Our_own_page_is_let_in_by_both_names()
    {
        foreach (var name in new[] { "127.0.0.1", "localhost" })
        {
            using var request = site.Request(HttpMethod.Post, "api/ask", ExploreSite.Asked().ToJsonString());
            request.Headers.Host = $"{name}:{site.Server.Address.Port}";
            request.Headers.TryAddWithoutValidation("Origin", $"http://{name}:{site.Server.Address.Port}");
            request.Headers.TryAddWithoutValidation("Sec-Fetch-Site", "same-origin");
            using var response = await site.Http.SendAsync(request);
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        }
    }

    [Fact]
    public async Task Tabs_that_keep_their_connections_lock_nobody_out()
    {
        var idle = new List<TcpClient>();
        try
        {
            for (var i = 0; i < 200; i++)
            {
                idle.Add(new TcpClient());
                await idle[^1].ConnectAsync(IPAddress.Loopback, site.Server.Address.Port);
            }
            using var fresh = new HttpClient();
            using var response = await fresh.GetAsync(site.Server.Address);
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        }
        finally
        {
            idle.ForEach(client => client.Dispose());
        }
    }

    [Fact]
    public async Task Every_answer_forbids_what_a_page_could_do_beyond_its_own_script()
    {
        foreach (var path in new[] { "", "explore.css", "run-page.css", "explore.js", "api/about", "api/nothing" })
        {
            using var response = await site.Http.GetAsync(new Uri(site.Server.Address, path));
            Assert.Equal(path == "api/nothing" ? HttpStatusCode.NotFound : HttpStatusCode.OK, response.StatusCode);
            var policy = response.Headers.GetValues("Content-Security-Policy").Single();
            Assert.StartsWith("default-src 'none'; script-src 'self';", policy);
            Assert.DoesNotContain("unsafe", policy);
            Assert.Contains("frame-ancestors 'none'", policy);
            Assert.Equal("nosniff", response.Headers.GetValues("X-Content-Type-Options").Single());
            Assert.Equal("no-referrer", response.Headers.GetValues("Referrer-Policy").Single());
            Assert.True(response.Headers.CacheControl!.NoStore);
            Assert.False(response.Headers.Contains("Server"));
        }
        var page = await site.Http.GetStringAsync(site.Server.Address);
        Assert.DoesNotMatch("(?i)<script(?![^>]*src=)|\\son\\w+=|\\sstyle=|https?://", page);
    }

    [Theory]
    [InlineData("text/plain", 415)]
    [InlineData("application/x-www-form-urlencoded", 415)]
    [InlineData("multipart/form-data", 415)]
    public async Task A_form_of_another_page_is_no_request(string type, int status)
    {
        using var request = site.Request(HttpMethod.Post, "api/ask", ExploreSite.Asked().ToJsonString());
        request.Content!.Headers.ContentType = new MediaTypeHeaderValue(type);
        using var response = await site.Http.SendAsync(request);
        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal(405, (int)(await site.Http.GetAsync(new Uri(site.Server.Address, "api/ask"))).StatusCode);
    }

    public static TheoryData<string, string, string> Wrong => new()
    {
        { "ask", "no json", "no JSON" },
        { "ask", "[]", "has to be a JSON object" },
        { "ask", Changed(_ => { }).Replace("Nepal", "\\ud800"), "holds half of a character" },
        { "ask", Changed(asked => asked["style"]!["text"] = ""), "The edited prompt is empty" },
        { "ask", Changed(asked => asked["turns"] = new JsonArray([.. Enumerable.Range(0, 101).Select(_ => JsonValue.Create(1))])),
            "The conversation has 101 turns, and 41 are the most here: begin a new one" },
        { "ask", Changed(asked => asked["blend"] = 7).Replace(":7", ":1e400"), "from -0.5 to 1.5" },
        { "ask", "{}", "lacks \\u0022style\\u0022" },
        { "ask", Changed(asked => asked["turns"] = new JsonArray()), "The question is empty" },
        { "ask", Changed(asked => asked["turns"]![0]!["content"] = " \n"), "The question is empty" },
        { "ask", Changed(asked => asked["turns"]![0]!["role"] = "robot"), "a role is system, user or assistant" },
        { "ask", Changed(asked => asked["turns"]![0]!["content"] = new string('x', 40_001)), "shorten it" },
        { "ask", Changed(asked => asked["turns"]![0]!["content"] = string.Concat(Enumerable.Repeat("Nepal ", 1_000))), "Context overflow" },
        { "ask", Changed(asked => asked["style"]!["name"] = "magic"), "There is no prompt style" },
        { "ask", Changed(asked => asked["style"] = new JsonObject { ["name"] = "urial", ["k"] = 2 }), "shows 1, 3, 8 examples" },
        { "ask", Changed(asked => asked["style"]!["text"] = string.Concat(Enumerable.Repeat("Nepal ", 1_000))), "Context overflow" },
        { "ask", Changed(asked => asked["blend"] = 1.6), "from -0.5 to 1.5" },
        { "ask", Changed(asked => asked["limit"] = 100_000), "from 1 to 512" },
        { "score", Changed(_ => { }), "has to hold the answer" },
        { "score", Answered(-1), "outside the vocabulary" },
        { "ask", Answered(99_999), "outside the vocabulary" },
        { "page", Changed(_ => { }), "no answer yet" },
        { "notebook", Changed(_ => { }), "no answer yet" },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public async Task What_cannot_be_done_is_said_in_a_sentence_and_the_page_lives_on(string name, string body, string sentence)
    {
        using var request = site.Request(HttpMethod.Post, "api/" + name, body);
        using var response = await site.Http.SendAsync(request);
        var said = await response.Content.ReadAsStringAsync();
        Assert.True((int)response.StatusCode == 400, said);
        Assert.Contains(sentence, said.Replace("\\\"", "\\u0022"));
        Assert.Single(JsonDocument.Parse(said).RootElement.EnumerateObject());
        Assert.NotEmpty((await site.Ask(ExploreSite.Asked())).Tokens);
    }

    [Fact]
    public async Task A_request_beyond_the_limit_is_not_read()
    {
        var (status, _) = await site.Post("ask", new JsonObject { ["turns"] = new string('x', 600_000) });
        Assert.Equal(413, (int)status);
    }

    [Fact]
    public async Task Hostile_text_comes_back_as_text_that_hides_nothing()
    {
        const string Hostile = "</script><img src=x onerror=alert(1)> \u202Eevil\u202C\u0007 {{ 7*7 }} What do you know about Nepal?";
        var (status, body) = await site.Post("ask", ExploreSite.Asked(Hostile));
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.DoesNotContain('\u202E', body);
        Assert.DoesNotContain('\u0007', body);
        var asked = ExploreSite.Asked(Hostile);
        asked["style"]!["name"] = "\u202Ex\u0000<b>";
        var (_, error) = await site.Post("ask", asked);
        Assert.Contains("⟨U+202E⟩x⟨U+0000⟩<b>", JsonDocument.Parse(error).RootElement.GetProperty("error").GetString());
        asked = ExploreSite.Asked(Hostile, ids: [78, 789]);
        asked["answers"]![0]!["name"] = Hostile;
        var (_, page) = await site.Post("page", asked);
        Assert.DoesNotContain("<img src=x", page);
        Assert.DoesNotContain('\u202E', page);
    }

    private static string Changed(Action<JsonObject> change)
    {
        var asked = ExploreSite.Asked();
        change(asked);
        return asked.ToJsonString();
    }

    private static string Answered(int id) => ExploreSite.Asked(ids: [id]).ToJsonString();
}
