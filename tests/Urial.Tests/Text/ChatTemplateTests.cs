using System.Text.Json;

namespace Urial.Tests;

public sealed class ChatTemplateTests
{
    [Fact]
    public void TheEmbeddedPairsTemplate()
    {
        var template = ChatTemplate.TryLoad(TextFixtures.WriteMicroTokenizer())!;
        Assert.Equal(MicroTemplate.Jinja, template.Source);
        Assert.Equal("<|user|>\nWho?<|end|>\n<|assistant|>\n", template.Render([new("user", "Who?")]));
        Assert.Equal("<|system|>\nBe kind.<|end|>\n<|user|>\nWho?<|end|>\n<|assistant|>\nAda.<|end|>\n",
            template.Render([new("system", "Be kind."), new("user", "Who?"), new("assistant", "Ada.")], addGenerationPrompt: false));
    }

    [Fact]
    public void AFileComesBeforeTheConfigAndTheDefaultBeforeOthers()
    {
        var directory = TextFixtures.NewFolder();
        Assert.Null(ChatTemplate.TryLoad(directory));
        Config("""{"eos_token": "E"}""");
        Assert.Null(ChatTemplate.TryLoad(directory));
        Config("""{"bos_token": {"content": "B"}, "eos_token": "E", "chat_template": "{{ bos_token }}1{{ eos_token }}"}""");
        Assert.Equal("B1E", ChatTemplate.TryLoad(directory)!.Render([]));
        Config("""{"chat_template": [{"name": "tool_use", "template": "2"}, {"name": "default", "template": "3"}]}""");
        Assert.Equal("3", ChatTemplate.TryLoad(directory)!.Render([]));
        Config("""{"chat_template": [{"name": "tool_use", "template": "2"}]}""");
        Assert.Contains("tool_use", Assert.Throws<UrialException>(() => ChatTemplate.TryLoad(directory)).Message);
        File.WriteAllText(Path.Combine(directory, "chat_template.jinja"), "{{ messages[-1].content }}");
        Assert.Equal("b", ChatTemplate.TryLoad(directory)!.Render([new("user", "a"), new("user", "b")]));
        Assert.Equal("a", ChatTemplate.TryLoad(directory)!.Render(Json("""[{"role": "user", "content": "a"}]""")));

        void Config(string json) => File.WriteAllText(Path.Combine(directory, "tokenizer_config.json"), json);
    }

    [Fact]
    public void AConversationWithToolsHasATemplateOfItsOwn()
    {
        var directory = TextFixtures.NewFolder();
        var entries = """{"chat_template": [{"name": "default", "template": "plain"}, {"name": "tool_use", "template": "tools"}]}""";
        File.WriteAllText(Path.Combine(directory, "tokenizer_config.json"), entries);
        AssertTools();
        File.WriteAllText(Path.Combine(directory, "tokenizer_config.json"), """{"chat_template": "other"}""");
        Directory.CreateDirectory(Path.Combine(directory, "additional_chat_templates"));
        File.WriteAllText(Path.Combine(directory, "additional_chat_templates", "tool_use.jinja"), "tools");
        Assert.Contains("none is named default", Assert.Throws<UrialException>(() => ChatTemplate.TryLoad(directory)).Message);
        File.WriteAllText(Path.Combine(directory, "chat_template.jinja"), "plain");
        AssertTools();

        void AssertTools()
        {
            var template = ChatTemplate.TryLoad(directory)!;
            Assert.Equal("plain", template.Render([new("user", "a")]));
            Assert.Equal("plain", template.Render(Json("""{"messages": [], "tools": null}""")));
            Assert.Equal("tools", template.Render(Json("""{"messages": [], "tools": []}"""))); // as transformers: given, though empty
            Assert.Equal("tools", template.Render(Json("""{"messages": [], "tools": [{"type": "function"}]}""")));
        }
    }

    [Fact]
    public void SpecialTokensAreVariables()
    {
        var directory = TextFixtures.NewFolder();
        File.WriteAllText(Path.Combine(directory, "chat_template.jinja"),
            "{{ bos_token }}|{{ eos_token }}|{{ pad_token }}|{{ unk_token is defined }}|{{ image_token }}|{{ additional_special_tokens }}");
        File.WriteAllText(Path.Combine(directory, "tokenizer_config.json"), """
            {"bos_token": {"content": "<s>", "lstrip": false}, "eos_token": "</s>", "unk_token": null, "add_bos_token": true,
             "additional_special_tokens": ["<a>", {"content": "<b>"}], "extra_special_tokens": {"image_token": "<i>"}}
            """);
        File.WriteAllText(Path.Combine(directory, "special_tokens_map.json"),
            """{"eos_token": "other", "pad_token": {"content": "<p>"}}""");
        var template = ChatTemplate.TryLoad(directory)!;
        Assert.Equal("<s>|</s>|<p>|False|<i>|['<a>', '<b>']", template.Render([]));
        Assert.StartsWith("B|</s>", template.Render(Json("""{"messages": [], "bos_token": "B"}"""))); // a conversation's own comes first
    }

    [Fact]
    public void AConversationMayBringWhateverItsTemplateReads()
    {
        var template = new ChatTemplate(
            "{{ tools is defined }}{{ documents }}{{ add_generation_prompt }}{{ mode }}{{ messages[0].calls[0].x }}", "t");
        Assert.Equal("TrueNoneFalse1.0", template.Render(Json("""[{"role": "user", "calls": [{"x": 1.0}]}]""")));
        Assert.Equal("TrueNoneTrueq2", template.Render(Json(
            """{"mode": "q", "add_generation_prompt": true, "messages": [{"role": "user", "calls": [{"x": 2}]}]}""")));
    }

    [Theory]
    [InlineData("5", "a list of messages or an object")]
    [InlineData("{}", "has no \"messages\"")]
    [InlineData("""{"messages": "a"}""", "\"messages\" of the conversation is a string")]
    [InlineData("""["a"]""", "holds a string at position 0")]
    [InlineData("""{"messages": [], "tools": [1]}""", "\"tools\" of the conversation holds a number at position 0")]
    public void WhatIsNoConversationIsRefused(string json, string named) =>
        Assert.Contains(named, Assert.Throws<UrialException>(() => new ChatTemplate("x", "t").Render(Json(json))).Message);

    [Fact]
    public void TheTimeCanBeSet()
    {
        var template = new ChatTemplate("{{ strftime_now('%d %b %Y') }}", "t") { Clock = new StoppedClock() };
        Assert.Equal("31 Dec 1999", template.Render([]));
    }

    private static JsonElement Json(string json) => JsonDocument.Parse(json).RootElement;

    private sealed class StoppedClock : TimeProvider
    {
        public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

        public override DateTimeOffset GetUtcNow() => new(1999, 12, 31, 23, 59, 59, TimeSpan.Zero);
    }
}
