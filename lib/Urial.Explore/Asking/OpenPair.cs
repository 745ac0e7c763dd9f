using System.Security.Cryptography;
using System.Text;
using Urial.MicroWorld;

namespace Urial.Explore;

/// <summary>A pair that can be asked, with what belongs to it.</summary>
/// <param name="source">What it is called.</param>
/// <param name="settings">Where it is.</param>
/// <param name="models">Its models.</param>
internal sealed class OpenPair(ExplorePair source, LivePairSettings settings, LivePair models) : IDisposable
{
    public ExplorePair Source => source;

    public LivePairSettings Settings => settings;

    public LivePair Models => models;

    /// <summary>
    /// A short name of what links depend on: the ids of an answer mean nothing to another tokenizer, and its numbers are those of these
    /// two models.
    /// </summary>
    public string Fingerprint { get; } = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(
        $"{models.Base.Name}\n{models.Aligned.Name}\n{models.Tokenizer.Sha256}")))[..12];

    /// <summary>The answer with the labels of its tokens, where they are known.</summary>
    public ShiftedAnswer Labelled(ShiftedAnswer answer) =>
        source.IsEmbedded ? MicroShift.LabelledIfKnown(answer, models.Tokenizer) : answer;

    /// <inheritdoc/>
    public void Dispose() => models.Dispose();
}
