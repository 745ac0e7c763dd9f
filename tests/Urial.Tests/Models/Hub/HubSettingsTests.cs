namespace Urial.Tests.Models.Hub;

/// <summary>The environment as Python's huggingface_hub reads it, and the names of models.</summary>
public sealed class HubSettingsTests : IDisposable
{
    private readonly TemporaryFolder _home = new();

    public void Dispose() => _home.Dispose();

    [Theory]
    [InlineData("", "HOME/.cache/huggingface/hub")]
    [InlineData("XDG_CACHE_HOME=/xdg", "/xdg/huggingface/hub")]
    [InlineData("HF_HOME=/hf XDG_CACHE_HOME=/xdg", "/hf/hub")]
    [InlineData("HF_HOME=~/hf", "HOME/hf/hub")]
    [InlineData("HF_HUB_CACHE=/cache HF_HOME=/hf HUGGINGFACE_HUB_CACHE=/old", "/cache")]
    [InlineData("HUGGINGFACE_HUB_CACHE=/old HF_HOME=/hf", "/old")]
    [InlineData("HF_HUB_CACHE=$DISK/${NAME}/$unset DISK=/disk NAME=me", "/disk/me/$unset")]
    public void The_cache_is_where_Python_has_it(string variables, string folder) =>
        Assert.Equal(Path.GetFullPath(folder.Replace("HOME", _home.Root, StringComparison.Ordinal)), Read(variables).CacheDirectory);

    [Theory]
    [InlineData("1", true)]
    [InlineData("true", true)]
    [InlineData("YES", true)]
    [InlineData("On", true)]
    [InlineData("0", false)]
    [InlineData("no", false)]
    [InlineData("", false)]
    public void Offline_is_any_word_that_says_so(string value, bool offline)
    {
        Assert.Equal(offline, Read($"HF_HUB_OFFLINE={value}").Offline);
        Assert.Equal(offline, Read($"TRANSFORMERS_OFFLINE={value}").Offline);
    }

    [Fact]
    public void The_endpoint_is_an_address_and_holds_no_secrets()
    {
        Assert.Equal("https://huggingface.co", Read("").Address);
        Assert.Equal("http://mirror:8080/hub", Read("HF_ENDPOINT=http://mirror:8080/hub/").Address);
        foreach (var wrong in new[] { "mirror", "ftp://mirror", "https://me:geheim@mirror", "https://mirror?key=geheim" })
            Assert.DoesNotContain("geheim", Assert.Throws<UrialException>(() => Read($"HF_ENDPOINT={wrong}")).Message);
    }

    [Fact]
    public void The_token_is_the_variable_or_the_file()
    {
        Assert.Null(Read("").Token);
        Directory.CreateDirectory(_home.File("hf"));
        File.WriteAllText(_home.File("hf/token"), "hf_file\n");
        File.WriteAllText(_home.File("other"), "hf_other");
        Assert.Equal("Bearer hf_file", Read("HF_HOME=~/hf").Token!.Header.ToString());
        Assert.Equal("Bearer hf_other", Read("HF_HOME=~/hf HF_TOKEN_PATH=~/other").Token!.Header.ToString());
        Assert.Equal("Bearer hf_mine", Read("HF_HOME=~/hf HF_TOKEN=hf_mine").Token!.Header.ToString());
        Assert.Null(Read("HF_HOME=~/hf HF_TOKEN=hf_mine HF_HUB_DISABLE_IMPLICIT_TOKEN=1").Token);
        var wrong = Assert.Throws<UrialException>(() => new HubToken("hf_two\nlines", "HF_TOKEN")).Message;
        Assert.Contains("The access token in HF_TOKEN", wrong);
        Assert.DoesNotContain("hf_two", wrong);
    }

    [Theory]
    [InlineData("org/name", "org/name", "main")]
    [InlineData("Qwen/Qwen2.5-0.5B@v1.0", "Qwen/Qwen2.5-0.5B", "v1.0")]
    [InlineData("org/name@refs/pr/1", "org/name", "refs/pr/1")]
    public void An_id_is_a_name_and_a_revision(string text, string name, string revision)
    {
        var id = HubId.Parse(text);
        Assert.Equal((name, revision, text), (id.Name, id.Revision, id.ToString()));
    }

    [Theory]
    [InlineData("name")]
    [InlineData("a/b/c")]
    [InlineData("/name")]
    [InlineData("org/")]
    [InlineData("org/name@")]
    [InlineData("org/name@../x")]
    [InlineData("org/name@a\\b")]
    [InlineData("org/name@a b")]
    [InlineData("org/..")]
    [InlineData("../name")]
    [InlineData("./name")]
    [InlineData("org/na--me")]
    [InlineData("org/na me")]
    [InlineData("org\\name")]
    [InlineData("org/name\n")]
    public void Anything_else_is_none(string text) => Assert.Contains("is no model of the hub", Assert.Throws<UrialException>(() =>
        HubId.Parse(text)).Message);

    [Theory]
    [InlineData("a.json", true)]
    [InlineData("a/b.json", true)]
    [InlineData("nullable.json", true)]
    [InlineData("NUL", false)]
    [InlineData("nul.json", false)]
    [InlineData("a/com1.txt", false)]
    [InlineData("a//b", false)]
    [InlineData("a/./b", false)]
    [InlineData("a/../b", false)]
    [InlineData("/a", false)]
    [InlineData("a.", false)]
    [InlineData("a ", false)]
    [InlineData("a\tb", false)]
    [InlineData("C:", false)]
    public void A_safe_path_is_one_on_every_system(string path, bool safe) => Assert.Equal(safe, SafePath.IsSafe(path));

    private HubSettings Read(string variables)
    {
        var values = variables.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(one => one.Split('=', 2))
            .ToDictionary(one => one[0], one => one[1], StringComparer.Ordinal);
        values["HOME"] = _home.Root;
        return HubSettings.FromEnvironment(name => values.GetValueOrDefault(name));
    }
}
