using System.Net;
using System.Text.Json.Nodes;

namespace Urial.Tests.Models.Hub;

/// <summary>What the hub answers, and what a reader is told: refusals, faults that pass, names that mean harm.</summary>
public sealed class HubAnswersTests : IDisposable
{
    private const string Secret = "hf_neverToBeSeen";

    private readonly FakeHub _hub = new FakeHub().WithModel();
    private readonly HubFolder _folder = new();

    public void Dispose()
    {
        _hub.Dispose();
        _folder.Dispose();
    }

    public static TheoryData<string, int, string, bool, string> Refusals => new()
    {
        { "api", 401, "", false, "org/tiny does not exist at {hub}, or is private or gated. Check the spelling; if gated: accept the "
            + "licence at {hub}/org/tiny, set HF_TOKEN" },
        { "api", 401, "X-Error-Code: RepoNotFound", true, "org/tiny does not exist at {hub}, or is private or gated." },
        { "api", 404, "X-Error-Code: RepoNotFound", true, "org/tiny does not exist at {hub}, or is private or gated." },
        { "api", 401, "X-Error-Message: Invalid credentials in Authorization header", true,
            "{hub} does not know the token in HF_TOKEN: it is wrong, or was withdrawn. Set HF_TOKEN" },
        { "api", 401, "", true, "{hub} refuses the token in HF_TOKEN for org/tiny" },
        { "api", 404, "X-Error-Code: RevisionNotFound", false, "org/tiny has no revision 'main'" },
        { "api", 404, "", false, "There is no model org/tiny at {hub}, or it has no revision 'main'" },
        { "api", 403, "", true, "org/tiny is gated, and the token in HF_TOKEN has no access to it" },
        { "api", 418, "", false, "{hub} answers 418" },
        { "head", 401, "X-Error-Code: GatedRepo", false,
            "org/tiny is gated, and no access token is set: accept the licence at {hub}/org/tiny, set HF_TOKEN" },
        { "head", 403, "X-Error-Code: GatedRepo", true,
            "org/tiny is gated, and the token in HF_TOKEN has no access to it: accept the licence at {hub}/org/tiny, set HF_TOKEN" },
        { "head", 404, "X-Error-Code: EntryNotFound", false, "org/tiny has no file config.json, which its list of files names." },
    };

    [Theory]
    [MemberData(nameof(Refusals))]
    public async Task A_refusal_is_told_with_its_remedy(string kind, int status, string header, bool withToken, string told)
    {
        _hub.Fault = (asked, _, _, context) =>
        {
            if (asked == kind)
                FakeHub.Refuse(context, status, header.Split(": ") is [var name, var value] ? [(name, value)] : []);
            return asked == kind;
        };
        var error = await _folder.RefusedAsync(_hub, change: settings =>
            settings with { Token = withToken ? new HubToken(Secret, "HF_TOKEN") : null });
        Assert.Contains(told.Replace("{hub}", _hub.Address, StringComparison.Ordinal), error);
        Assert.DoesNotContain(Secret, error);
        Assert.Single(_hub.Asked, asked => asked.StartsWith(kind, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("api", 500)]
    [InlineData("head", 503)]
    [InlineData("get", 429)]
    [InlineData("store", 502)]
    [InlineData("store", 403)] // a signed address that has run out
    public async Task A_fault_that_passes_is_waited_for(string kind, int status)
    {
        _hub.Fault = (asked, _, number, context) =>
        {
            if (asked != kind || number >= 2)
                return false;
            FakeHub.Refuse(context, status);
            return true;
        };
        await _folder.FetchAsync(_hub);
        _folder.AssertComplete(_hub);
    }

    [Fact]
    public async Task A_server_that_says_when_to_come_back_is_heeded()
    {
        var clock = System.Diagnostics.Stopwatch.StartNew();
        _hub.Fault = (asked, _, number, context) =>
        {
            if (asked != "api" || number > 0)
                return false;
            FakeHub.Refuse(context, 429, ("Retry-After", "1"));
            return true;
        };
        await _folder.FetchAsync(_hub);
        Assert.InRange(clock.Elapsed.TotalSeconds, 0.9, 600);
    }

    [Fact]
    public async Task A_wait_that_is_too_long_is_told()
    {
        _hub.Fault = (_, _, _, context) =>
        {
            FakeHub.Refuse(context, 429, ("Retry-After", "7200"));
            return true;
        };
        Assert.Contains("answers 429 (TooManyRequests) for org/tiny, and asks to wait 120 minutes. Run the same later",
            await _folder.RefusedAsync(_hub));
        Assert.Single(_hub.Asked);
    }

    [Fact]
    public async Task A_fault_that_stays_is_given_up()
    {
        _hub.Fault = (_, _, _, context) =>
        {
            FakeHub.Refuse(context, 503);
            return true;
        };
        Assert.Contains($"{_hub.Address} answers 503 (ServiceUnavailable) for org/tiny, again and again.",
            await _folder.RefusedAsync(_hub));
        Assert.Equal(6, _hub.Asked.Count);
    }

    [Theory]
    [InlineData("../../../evil.json")]
    [InlineData("/etc/evil.json")]
    [InlineData("..\\..\\evil.json")]
    [InlineData("C:\\evil.json")]
    [InlineData("C:evil.json")]
    [InlineData("a/../../evil.json")]
    [InlineData("nul\0.json")]
    [InlineData("")]
    public async Task A_list_of_files_that_would_leave_the_cache_is_refused(string name)
    {
        _hub.OtherNames.Add(name);
        Assert.Contains("would lie outside the cache", await _folder.RefusedAsync(_hub));
        Assert.False(Directory.Exists(_folder.Cache));
    }

    [Theory]
    [InlineData("additional_chat_templates/nul.jinja")]
    [InlineData("additional_chat_templates//a.jinja")]
    [InlineData("additional_chat_templates/./a.jinja")]
    [InlineData("additional_chat_templates/a:b.jinja")]
    [InlineData("additional_chat_templates/a .../b.jinja")]
    public async Task A_name_that_some_system_cannot_have_is_left_out(string name)
    {
        _hub.OtherNames.Add(name);
        await _folder.FetchAsync(_hub);
        _folder.AssertComplete(_hub);
    }

    [Theory]
    [InlineData("../../../evil")]
    [InlineData("..")]
    [InlineData("a/b")]
    [InlineData("nul")]
    [InlineData("")]
    public async Task An_ETag_that_is_no_file_name_is_refused(string etag)
    {
        _hub.Fault = (kind, _, _, context) =>
        {
            if (kind == "head")
                FakeHub.Refuse(context, 200, ("ETag", $"\"{etag}\""));
            return kind == "head";
        };
        Assert.Contains("by an ETag that cannot name a file in the cache", await _folder.RefusedAsync(_hub));
        Assert.False(Directory.Exists(_folder.Cache));
    }

    [Theory]
    [InlineData("../../evil")]
    [InlineData("main")]
    [InlineData("")]
    public async Task A_commit_that_is_none_is_refused(string commit)
    {
        _hub.Commit = commit;
        Assert.Contains("names no commit hash", await _folder.RefusedAsync(_hub));
        Assert.False(Directory.Exists(_folder.Cache));
    }

    [Theory]
    [InlineData("../evil.safetensors")]
    [InlineData("/evil.safetensors")]
    [InlineData("not-there.safetensors")]
    public async Task A_shard_that_is_no_file_of_the_repository_is_refused(string shard)
    {
        _hub.Files.Remove("model.safetensors");
        _hub.Files["model.safetensors.index.json"] = System.Text.Encoding.UTF8.GetBytes(
            new JsonObject { ["weight_map"] = new JsonObject { ["a"] = shard } }.ToJsonString());
        Assert.Contains("lists the shard", await _folder.RefusedAsync(_hub));
    }

    [Fact]
    public async Task Another_commit_than_was_asked_for_is_refused()
    {
        _hub.Fault = (kind, file, _, context) =>
        {
            if (kind == "head")
                FakeHub.Refuse(context, 200, ("X-Repo-Commit", FakeHub.OtherCommit), ("ETag", _hub.ETag(file)));
            return kind == "head";
        };
        Assert.Contains("answers for another commit of org/tiny", await _folder.RefusedAsync(_hub));
    }

    [Fact]
    public async Task An_answer_that_is_no_JSON_is_told()
    {
        _hub.Fault = (_, _, _, context) =>
        {
            context.Response.OutputStream.Write("<html>"u8);
            context.Response.Close();
            return true;
        };
        Assert.Contains("answers no JSON about org/tiny", await _folder.RefusedAsync(_hub));
    }

    [Theory]
    [InlineData("pickle", "org/tiny has its weights as pickle files only (pytorch_model.bin), and reading a pickle can run any code")]
    [InlineData("nothing", "org/tiny has no weights that are read here: neither model.safetensors nor model.safetensors.index.json.")]
    [InlineData("tokenizer", "org/tiny has no tokenizer.json, from which tokenizers are read here.")]
    [InlineData("config", "org/tiny has no config.json: it is no model in Hugging Face layout")]
    [InlineData("family", "org/tiny cannot be used, and its weights were not downloaded: ")]
    public async Task What_cannot_be_used_is_told_before_weights_are_downloaded(string how, string told)
    {
        if (how is "pickle" or "nothing")
            _hub.Files.Remove("model.safetensors");
        if (how == "pickle")
            _hub.OtherNames.AddRange(["pytorch_model.bin", "training_args.bin"]);
        if (how == "tokenizer")
            _hub.Files.Remove("tokenizer.json");
        if (how == "config")
            _hub.Files.Remove("config.json");
        if (how == "family")
            _hub.Files["config.json"] = """{"model_type": "kangaroo"}"""u8.ToArray();
        var error = await _folder.RefusedAsync(_hub);
        Assert.Contains(told, error);
        if (how == "family")
            Assert.Contains("kangaroo", error);
        Assert.DoesNotContain(_hub.Asked, asked => asked.Contains("model.safetensors"));
    }
}
