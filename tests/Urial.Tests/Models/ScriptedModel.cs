using static TorchSharp.torch;

namespace Urial.Tests.Models;

/// <summary>
/// A model that says what it is told: the most likely token depends on the one before only. Its blocks add nothing, its embedding is the
/// identity, and its head holds the successors.
/// </summary>
internal static class ScriptedModel
{
    private const int Vocabulary = 900; // the golden pair's, whose tokenizer it has

    /// <summary>A model whose answer to a prompt that ends with the script's first token is the rest of the script.</summary>
    /// <param name="folder">Where it is written.</param>
    /// <param name="script">Token ids that differ from each other, the last excepted.</param>
    public static LanguageModel Load(TemporaryFolder folder, params int[] script)
    {
        foreach (var name in new[] { "tokenizer.json", "tokenizer_config.json" })
            File.Copy(Repository.Path("tests", "golden", "shift", "base", name), folder.File(name));
        var config = new DecoderConfig
        {
            ModelType = "llama",
            VocabularySize = Vocabulary,
            HiddenSize = Vocabulary,
            FeedForward = 2,
            Layers = 1,
            Heads = 1,
            KvHeads = 1,
            HeadDim = 2,
            MaxPositions = 512,
            EosTokenIds = [2],
        };
        using (var decoder = Decoder.Random(config, seed: 1))
        using (no_grad())
        using (NewDisposeScope())
        {
            decoder.Weights["model.layers.0.self_attn.o_proj.weight"].zero_();
            decoder.Weights["model.layers.0.mlp.down_proj.weight"].zero_();
            decoder.Weights["model.embed_tokens.weight"].copy_(eye(Vocabulary));
            var head = new float[Vocabulary, Vocabulary];
            for (var i = 0; i + 1 < script.Length; i++)
                head[script[i + 1], script[i]] = 1;
            decoder.Weights["lm_head.weight"].copy_(tensor(head));
            decoder.Save(folder.Root, Precision.F32);
        }
        return LanguageModel.Load(folder.Root);
    }
}
