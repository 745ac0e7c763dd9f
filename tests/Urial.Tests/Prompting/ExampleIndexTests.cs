using TorchSharp;

namespace Urial.Tests.Prompting;

public sealed class ExampleIndexTests
{
    private static readonly PromptExample[] Pool =
        [new("What is the capital of France?", "Paris."), new("Which metal is iron?", "Iron."),
            new("What is the capital of Spain?", "Madrid."), new("Name a bird.", "Owl.")];

    [Fact]
    public void Bm25_scores_are_okapis()
    {
        // Worked out by hand: N = 2 documents of 1 and 4 words (lengths that Lucene's one-byte norms hold exactly), 2.5 on average;
        // "owl" in one, "fox" in both; idf = ln(1 + (N - n + 0.5) / (n + 0.5)).
        var index = new Bm25Index([new("fox", "a"), new("fox owl bear bear", "b")]);
        double Term(double idf, double length) => idf * 2.2 / (1 + 1.2 * (1 - 0.75 + 0.75 * length / 2.5));
        var (owl, fox) = (Math.Log(1 + 1.5 / 1.5), Math.Log(1 + 0.5 / 2.5));
        var scores = index.Likeness("owl fox");
        Assert.Equal(Term(fox, 1), scores[0], 1e-4);
        Assert.Equal(Term(owl, 4) + Term(fox, 4), scores[1], 1e-4);
    }

    [Fact]
    public void Words_are_stemmed_and_what_shares_none_comes_last_in_the_pools_order()
    {
        var index = new Bm25Index(Pool);
        Assert.Equal([3, 0, 1, 2], index.Nearest("Birds!", 4));
        Assert.Equal([0, 1], index.Nearest("?!", 2));
        Assert.Equal(2, index.Nearest("Spain's capital", 1)[0]);
    }

    [Fact]
    public void A_very_long_query_is_searched_too() =>
        Assert.Equal(3, new Bm25Index(Pool).Nearest("bird " + string.Join(' ', Enumerable.Range(0, 3000).Select(i => $"w{i}")), 1)[0]);

    [Fact]
    public void An_embedding_is_the_mean_of_the_final_hidden_states()
    {
        using var model = LanguageModel.Load(Repository.Path("tests", "golden", "shift", "base"));
        var ids = model.Tokenizer.Encode("The owl sleeps.");
        using var scope = torch.NewDisposeScope();
        using var input = torch.tensor(ids.Select(id => (long)id).ToArray()).unsqueeze(0);
        var hidden = model.Decoder.Hidden(input).data<float>().ToArray(); // [1 · positions · hidden]
        var embedded = model.Embed("The owl sleeps.");
        Assert.Equal(model.Config.HiddenSize, embedded.Length);
        for (var i = 0; i < embedded.Length; i++)
            Assert.Equal(Enumerable.Range(0, ids.Length).Average(position => (double)hidden[position * embedded.Length + i]), embedded[i],
                1e-5);
    }

    [Fact]
    public void Leading_special_tokens_are_read_and_not_counted()
    {
        using var model = LanguageModel.Load(Repository.Path("tests", "golden", "shift", "base"));
        var ids = model.Tokenizer.Encode("owl");
        var alone = Embedding.Of(model.Decoder, [], ids);
        var led = Embedding.Of(model.Decoder, [0], ids);
        var all = Embedding.Of(model.Decoder, [], [0, .. ids]);
        Assert.NotEqual(alone, led);
        Assert.NotEqual(all, led);
        Assert.Throws<UrialException>(() => model.Embed(""));
    }

    [Fact]
    public void A_models_reading_finds_questions_of_the_same_kind()
    {
        using var model = LanguageModel.Load(Repository.Path("data", "models", "micro-base"));
        var index = new EmbeddingIndex(model, Pool);
        Assert.Equal(2, index.Nearest("What is the capital of Spain?", 4)[0]);
        Assert.Equal(1f, index.Likeness("What is the capital of Spain?")[2], 1e-4f);
        Assert.Equal([0, 2], index.Nearest("What is the capital of Norway?", 2).Order());
    }

    [Fact]
    public void An_index_over_nothing_is_refused() => Assert.Throws<UrialException>(() => new Bm25Index([]));
}
