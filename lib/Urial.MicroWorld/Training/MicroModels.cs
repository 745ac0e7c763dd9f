namespace Urial.MicroWorld;

/// <summary>The embedded models: their folders and their shape.</summary>
public static class MicroModels
{
    /// <summary>Tokens in the vocabulary.</summary>
    public const int VocabularySize = 2048;

    /// <summary>The special tokens; their ids are their places here.</summary>
    public static IReadOnlyList<string> Specials { get; } = [MicroTemplate.End, "<|pad|>", MicroTemplate.System, MicroTemplate.User,
        MicroTemplate.Assistant];

    /// <summary>Folder of the base model.</summary>
    public static string Base => Repository.Path("data", "models", "micro-base");

    /// <summary>Folder of the model after supervised fine-tuning.</summary>
    public static string Sft => Repository.Path("data", "models", "micro-sft");

    /// <summary>Folder of the model after supervised fine-tuning and DPO: the aligned one of the pair.</summary>
    public static string Dpo => Repository.Path("data", "models", "micro-dpo");

    /// <summary>The shape of the committed models: Qwen3's blocks, 3.7 million weights.</summary>
    public static DecoderConfig Config { get; } = Shape(layers: 4, width: 256, context: 1280);

    /// <summary>A Qwen3 shape with heads of 64 and a feed-forward width of 2¾ times the model's.</summary>
    /// <param name="layers">Blocks.</param>
    /// <param name="width">Width of the residual stream; a multiple of 64.</param>
    /// <param name="context">Longest sequence, in tokens.</param>
    public static DecoderConfig Shape(int layers, int width, int context) => new()
    {
        ModelType = "qwen3",
        VocabularySize = VocabularySize,
        HiddenSize = width,
        FeedForward = width * 11 / 4,
        Layers = layers,
        Heads = width / 64,
        KvHeads = width / 64,
        HeadDim = 64,
        MaxPositions = context,
        TiedHead = true,
        EosTokenIds = [0],
        PadTokenId = 1,
    };
}
