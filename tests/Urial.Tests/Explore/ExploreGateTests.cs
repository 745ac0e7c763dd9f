using System.Net;
using System.Text.Json;
using TorchSharp;
using Urial.Explore;
using Urial.MicroWorld;
using Urial.Tests.Shift;

namespace Urial.Tests.Explore;

/// <summary>Requests wait in turn, leave when they are no longer wanted, and a pair that is loading or failing says so.</summary>
public sealed class ExploreGateTests(ExploreSite site) : IClassFixture<ExploreSite>
{
    [Fact]
    public async Task A_few_wait_the_next_is_told_so_and_who_leaves_makes_room()
    {
        using var held = new ManualResetEventSlim();
        var taken = site.Server.Gate.RunAsync(() =>
        {
            held.Wait();
            return 0;
        }, default);
        using var leave = new CancellationTokenSource();
        var leaving = Enumerable.Range(0, 4).Select(_ => site.Post("ask", ExploreSite.Asked(), leave.Token)).ToList();
        var staying = Enumerable.Range(0, 4).Select(_ => site.Post("score", ExploreSite.Asked(ids: [78]))).ToList();
        await Until(() => site.Server.Gate.Waiting == 8);
        var (status, body) = await site.Post("ask", ExploreSite.Asked());
        Assert.Equal(HttpStatusCode.TooManyRequests, status);
        Assert.Contains("requests wait for the models already", body);

        await leave.CancelAsync();
        await Until(() => site.Server.Gate.Waiting == 4);
        held.Set();
        await taken;
        Assert.All(await Task.WhenAll(staying), answered => Assert.Equal(HttpStatusCode.OK, answered.Status));
        foreach (var gone in leaving)
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => gone);
        Assert.False(site.Server.Gate.IsTaken);
    }

    [Fact]
    public async Task A_page_that_is_closed_ends_its_computation_at_the_next_token()
    {
        using var pair = ModelPair.Load(MicroModels.Base, MicroModels.Dpo);
        var models = LivePair.Of(pair);
        using var closed = new CancellationTokenSource();
        var told = 0;
        Assert.Throws<OperationCanceledException>(() => models.Ask(
            new LiveQuestion { Conversation = [new ChatMessage("user", ExploreSite.Question)] },
            _ =>
            {
                if (++told == 3)
                    closed.Cancel();
            }, closed.Token));
        Assert.Equal(3, told);

        // The same over the wire: the first token is there, the page goes, the gate is free again.
        using var gone = new CancellationTokenSource();
        using var request = site.Request(HttpMethod.Post, "api/ask", ExploreSite.Asked().ToJsonString());
        using var response = await site.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, gone.Token);
        response.Dispose();
        await Until(() => !site.Server.Gate.IsTaken);
        Assert.NotEmpty((await site.Ask(ExploreSite.Asked())).Tokens);
    }

    [Fact]
    public async Task Two_at_once_get_what_each_alone_gets()
    {
        var questions = new[] { ExploreSite.Asked(), ExploreSite.Asked("Which language do people speak in Peru?", "urial", 3) };
        var alone = new List<int[]>();
        foreach (var question in questions)
            alone.Add(ExploreSite.IdsOf((await site.Ask(question)).Answer));
        var both = await Task.WhenAll(Enumerable.Range(0, 6).Select(i => site.Ask(questions[i % 2])));
        Assert.All(both.Select((answered, i) => (answered, i)),
            one => Assert.Equal(alone[one.i % 2], ExploreSite.IdsOf(one.answered.Answer)));
    }

    [Fact]
    public async Task A_pair_that_is_loading_says_how_far_it_is()
    {
        using var go = new ManualResetEventSlim();
        var pair = ExplorePair.Embedded();
        await using var server = await ExploreServer.StartAsync(pair with
        {
            Settings = (tell, cancellation) =>
            {
                tell("weights  1 of 2 MB \u0007");
                go.Wait(cancellation);
                return pair.Settings(tell, cancellation);
            },
        });
        using var about = await site.Http.GetAsync(new Uri(server.Address, "api/about"), HttpCompletionOption.ResponseHeadersRead);
        var (status, body) = await site.Post("ask", ExploreSite.Asked(), address: server.Address);
        Assert.Equal(400, (int)status);
        Assert.Contains("still being loaded", body);
        go.Set();
        var events = ExploreSite.Events(await about.Content.ReadAsStringAsync());
        Assert.Contains(events, told => told.Name == "loading" && told.Data.GetProperty("said").GetString() is "weights  1 of 2 MB ⟨U+0007⟩"
            or "Loading the models …");
        Assert.Equal("ready", events[^1].Name);
        Assert.Equal("micro-base", events[^1].Data.GetProperty("base").GetString());
        Assert.Equal(200, (int)(await site.Post("ask", ExploreSite.Asked(), address: server.Address)).Status);
    }

    [Fact]
    public async Task A_pair_that_cannot_be_loaded_says_why()
    {
        await using var server = await ExploreServer.StartAsync(
            new ExplorePair((_, _) => new LivePairSettings("no-such-folder", "none"), "no-such-folder", "none", false));
        var said = await Assert.ThrowsAsync<UrialException>(() => server.Loaded);
        Assert.Contains("no-such-folder", said.Message);
        using var about = await site.Http.GetAsync(new Uri(server.Address, "api/about"));
        Assert.Contains("no-such-folder", await about.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task A_model_without_a_chat_template_and_one_that_answers_NaN_are_a_line_on_the_page()
    {
        await using (var server = await Serve(GoldenPair.Base, GoldenPair.Aligned))
        {
            var (status, body) = await site.Post("ask", ExploreSite.Asked("Hi"), address: server.Address);
            Assert.Equal(400, (int)status);
            Assert.Contains("has no chat template", body);
        }
        var folder = Directory.CreateTempSubdirectory("urial-nan-");
        try
        {
            var copy = GoldenPair.AlignedWithTemplate(folder.FullName);
            using (var model = LanguageModel.Load(copy))
            {
                using var noGrad = torch.no_grad();
                model.Decoder.Weights["model.norm.weight"].fill_(float.NaN);
                model.Decoder.Save(copy, Precision.F32);
            }
            await using var server = await Serve(GoldenPair.Base, copy);
            var (status, body) = await site.Post("ask", ExploreSite.Asked("Hi"), address: server.Address);
            Assert.Equal(400, (int)status);
            Assert.Contains("not finite (NaN or infinite)", body);
            Assert.Equal(400, (int)(await site.Post("ask", ExploreSite.Asked("Hi again"), address: server.Address)).Status);
        }
        finally
        {
            folder.Delete(recursive: true);
        }

        static async Task<ExploreServer> Serve(string @base, string aligned)
        {
            var server = await ExploreServer.StartAsync(
                new ExplorePair((_, _) => new LivePairSettings(@base, aligned), @base, aligned, false));
            await server.Loaded;
            return server;
        }
    }

    [Fact]
    public async Task A_port_that_is_taken_is_said()
    {
        var said = await Assert.ThrowsAsync<UrialException>(
            () => ExploreServer.StartAsync(ExplorePair.Embedded(), site.Server.Address.Port));
        Assert.Contains("--port", said.Message);
    }

    private static async Task Until(Func<bool> reached)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (!reached())
            await Task.Delay(10, patience.Token);
    }
}
