namespace Urial.Explore;

/// <summary>The pair of a page: where it is, what it was called on the command line, and how it is opened.</summary>
/// <param name="Settings">Where the models are; on the way there, models may be fetched.</param>
/// <param name="BaseName">What <c>--base</c> said: a folder, an id of the hub or an address.</param>
/// <param name="AlignedName">What <c>--aligned</c> said.</param>
/// <param name="IsEmbedded">Whether it is the micro-world's, whose questions are its own and whose tokens have labels.</param>
public sealed record ExplorePair(Func<Action<string>, CancellationToken, LivePairSettings> Settings, string BaseName, string AlignedName,
    bool IsEmbedded)
{
    /// <summary>The embedded pair: the base model, and the same after SFT and DPO.</summary>
    public static ExplorePair Embedded() => new((_, _) => new LivePairSettings(MicroWorld.MicroModels.Base, MicroWorld.MicroModels.Dpo),
        MicroWorld.MicroModels.Base, MicroWorld.MicroModels.Dpo, true);
}
