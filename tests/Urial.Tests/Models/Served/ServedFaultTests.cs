using System.Diagnostics;
using Urial.Tests.Shift;

namespace Urial.Tests.Models.Served;

public sealed class ServedFaultTests
{
    private const string Key = "sk-0123456789abcdefghij";

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Nothing_is_lost_and_nothing_counted_twice_whatever_fails_on_the_way(int seed)
    {
        using var here = new ServedPair();
        using var server = CompletionsTestServer.Start(here.Pair.Base, new()
        {
            Faults = Enum.GetValues<ServerFaultKind>(),
            FaultRate = 0.4,
            Seed = seed,
            StartsAfter = TimeSpan.FromMilliseconds(300),
        });
        var waited = new List<string>();
        using var model = await ServedModel.ConnectAsync(
            server.Settings with { Timeout = TimeSpan.FromSeconds(3), Concurrency = 3, Retries = 30 }, GoldenPair.Base,
            progress: waited.Add);
        var texts = here.Texts;
        var scores = await Task.WhenAll(Enumerable.Range(0, 16).Select(i => model.ScoreAsync(texts[i % 4].Base, texts[i % 4].Answer)));
        var answers = await Task.WhenAll(texts.Select(text => model.GenerateAsync(new PromptTokens(text.Base), 12)));

        Assert.NotEmpty(waited);
        Assert.All(waited, line => Assert.Contains(server.Address, line));
        Assert.True(server.Faults.Distinct().Count() >= 4, string.Join(", ", server.Faults));
        Assert.Equal(20, server.Requests.Count - server.Faults.Count - 2); // each from one reply, beside the two probes
        Assert.InRange(server.MostAtOnce, 2, 6); // those that were given up are still counted there
        for (var i = 0; i < scores.Length; i++)
        {
            Assert.Equal(texts[i % 4].Answer, scores[i].Select(place => place.TokenId));
            Assert.Equal(scores[i % 4].Select(place => (place.Rank, place.LogProbability)),
                scores[i].Select(place => (place.Rank, place.LogProbability)));
            Assert.Equal(here.InProcess(texts[i % 4]).Select(shift => shift.BaseRank), scores[i].Select(place => place.Rank!.Value));
        }
        Assert.Equal(texts.Select(text => here.Pair.Base.Generate(text.Base, new GenerationOptions { MaxNewTokens = 12 }).AnswerIds),
            answers.Select(answer => answer.AnswerIds));
    }

    [Theory]
    [InlineData(ServerFaultKind.Error, "answers 500")]
    [InlineData(ServerFaultKind.Cut, "Cannot reach")]
    [InlineData(ServerFaultKind.Garbage, "no JSON (<html>")]
    [InlineData(ServerFaultKind.Empty, "no field \"choices\"")]
    [InlineData(ServerFaultKind.ErrorInside, "EngineCore died")]
    [InlineData(ServerFaultKind.Silence, "did not answer within 0.3 seconds")]
    [InlineData(ServerFaultKind.TooMany, "too many requests")]
    public async Task What_fails_every_time_is_an_error_that_names_the_server_and_the_fault(ServerFaultKind kind, string says)
    {
        using var here = new ServedPair();
        using var server = CompletionsTestServer.Start(here.Pair.Base, new() { Faults = [kind], FaultRate = 1 });
        var settings = server.Settings with { Retries = 2, Timeout = TimeSpan.FromSeconds(0.3) };

        var error = await Assert.ThrowsAnyAsync<UrialException>(() => ServedModel.ConnectAsync(settings, GoldenPair.Base));

        Assert.Contains(says, error.Message);
        Assert.Contains(server.Address, error.Message);
        Assert.Equal(3, server.Requests.Count);
    }

    [Fact]
    public async Task The_key_is_in_the_header_and_in_no_message_though_the_server_echoes_it()
    {
        using var here = new ServedPair();
        using var server = CompletionsTestServer.Start(here.Pair.Base, new()
        {
            Instead = key => (401, $$"""{"error": {"message": "Incorrect API key provided: {{key}} \u001b[31m"} }"""),
        });
        var settings = server.Settings with { Key = Key, Address = new Uri(server.Address + "?token=abcdefghijklmnop") };

        var error = await Assert.ThrowsAnyAsync<UrialException>(() => ServedModel.ConnectAsync(settings, GoldenPair.Base));

        Assert.Equal(["Bearer " + Key], server.Authorizations); // and no second try
        Assert.Contains("answers 401", error.Message);
        Assert.Contains("Incorrect API key provided: Bearer [key] ⟨U+001B⟩[31m", error.Message);
        Assert.DoesNotContain(Key, error.ToString());
        Assert.DoesNotContain("abcdefghijklmnop", error.ToString());
        Assert.DoesNotContain(Key, settings.ToString());
        Assert.DoesNotContain("abcdefghijklmnop", settings.ToString());
    }

    [Fact]
    public async Task A_request_ends_at_once_when_it_is_cancelled()
    {
        using var here = new ServedPair();
        using var server = CompletionsTestServer.Start(here.Pair.Base);
        using var model = await ServedModel.ConnectAsync(server.Settings, GoldenPair.Base);
        using var silent = CompletionsTestServer.Start(here.Pair.Base, new() { Faults = [ServerFaultKind.Silence], FaultRate = 1 });
        using var stop = new CancellationTokenSource(TimeSpan.FromMilliseconds(300));
        var watch = Stopwatch.StartNew();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => ServedModel.ConnectAsync(silent.Settings, GoldenPair.Base, cancellation: stop.Token));

        Assert.InRange(watch.Elapsed.TotalSeconds, 0, 10);
        using var now = new CancellationTokenSource();
        now.Cancel();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => model.ScoreAsync(here.Texts[0].Base, here.Texts[0].Answer, now.Token));
    }

    [Fact]
    public async Task A_server_that_does_not_start_in_time_is_named()
    {
        using var here = new ServedPair();
        using var server = CompletionsTestServer.Start(here.Pair.Base, new() { StartsAfter = TimeSpan.FromMinutes(5) });

        var error = await Assert.ThrowsAnyAsync<UrialException>(() => ServedModel.ConnectAsync(
            server.Settings with { StartPatience = TimeSpan.FromSeconds(0.4) }, GoldenPair.Base));

        Assert.Contains($"Cannot reach {server.Address}", error.Message);
    }
}
