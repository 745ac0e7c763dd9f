using TorchSharp;
using static TorchSharp.torch;

namespace Urial;

/// <summary>Compares a decoder with reference logits made by another implementation.</summary>
public static class GoldenCheck
{
    /// <summary>
    /// Summing in another order moves f32 logits of small models by less than this; a missing feature moves them by 10⁻³ or more.
    /// </summary>
    public const double DefaultTolerance = 2e-4;

    /// <summary>Runs the reference's tokens through the decoder and compares.</summary>
    /// <param name="decoder">The decoder.</param>
    /// <param name="path">
    /// A safetensors file with <c>input_ids</c> int64 [n], <c>logits</c> f32 [n, vocabulary] and, where known, <c>greedy_ids</c> int64 [m]:
    /// the greedy continuation, which does not stop at end-of-sequence.
    /// </param>
    /// <param name="tolerance">Largest |Δlogit| that counts as agreement.</param>
    /// <exception cref="UrialException">The file is damaged, lacks a tensor, or belongs to a model with another vocabulary.</exception>
    public static GoldenReport Compare(Decoder decoder, string path, double tolerance = DefaultTolerance)
    {
        if (!(tolerance >= 0))
            throw new UrialException($"The tolerance is {tolerance}; it is a number of 0 or more.");
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        using var file = SafeTensors.Open(path);
        var ids = Ids(file, "input_ids");
        var greedy = file.Tensors.ContainsKey("greedy_ids") ? Ids(file, "greedy_ids") : [];
        var vocabulary = decoder.Config.VocabularySize;
        var wanted = file.Read("logits"); // [positions, vocabulary]
        if (wanted.dtype != ScalarType.Float32 || !wanted.shape.SequenceEqual([ids.Length, vocabulary]))
            throw new UrialException($"'{path}': logits are {wanted.dtype} [{string.Join(", ", wanted.shape)}], and the model answers "
                + $"Float32 [{ids.Length}, {vocabulary}] for these input_ids. Was the file made from this model?");
        if (ids.Length == 0 || ids.Concat(greedy).Any(id => id < 0 || id >= vocabulary))
            throw new UrialException(
                $"'{path}': token ids are 0 to {vocabulary - 1} in this model, and input_ids and greedy_ids hold others or none.");
        if (wanted.isfinite().logical_not().any().item<bool>())
            throw new UrialException($"'{path}': its logits hold NaN or infinity. Make the reference again.");

        var found = decoder.Forward(tensor(ids).unsqueeze(0))[0].to(ScalarType.Float32).cpu();
        Logits.Check(found);
        var difference = (found - wanted).abs();
        var reference = wanted.to(ScalarType.Float64).log_softmax(-1);
        var kl = (reference.exp() * (reference - found.to(ScalarType.Float64).log_softmax(-1))).sum(-1); // [positions]
        return new GoldenReport(
            ids.Length, vocabulary, difference.max().item<float>(), difference.to(ScalarType.Float64).mean().item<double>(),
            Math.Max(0, kl.max().item<double>()),
            found.argmax(-1).eq(wanted.argmax(-1)).to(ScalarType.Float64).mean().item<double>(),
            greedy.Length, GreedyAgreement(decoder, ids, greedy), tolerance);
    }

    private static int GreedyAgreement(Decoder decoder, long[] ids, long[] greedy)
    {
        using var cache = new KvCache(ids.Length + greedy.Length + 1);
        var next = ids;
        for (var agreed = 0; agreed < greedy.Length; agreed++)
        {
            using var scope = NewDisposeScope();
            var best = decoder.Forward(tensor(next).unsqueeze(0), cache, lastOnly: true).argmax(-1).item<long>();
            if (best != greedy[agreed])
                return agreed;
            next = [best];
        }
        return greedy.Length;
    }

    private static long[] Ids(SafeTensors file, string name)
    {
        using var ids = file.Read(name);
        if (ids.dtype != ScalarType.Int64 || ids.dim() != 1)
            throw new UrialException($"'{file.Path}': {name} is {ids.dtype} [{string.Join(", ", ids.shape)}], and it should be Int64 [n].");
        return ids.data<long>().ToArray();
    }
}
