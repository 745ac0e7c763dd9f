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

        void Config(string json) => File.WriteAllText(Path.Combine(directory, "tokenizer_config.json"), json);
    }
}
