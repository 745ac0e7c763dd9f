using TorchSharp;
using static TorchSharp.torch;

namespace Urial;

/// <summary>Mean hidden states.</summary>
internal static class Embedding
{
    /// <summary>The mean of the final hidden states over <paramref name="ids"/>, read behind <paramref name="lead"/>.</summary>
    /// <returns>[hidden].</returns>
    /// <exception cref="UrialException">There are no ids, or more than the context holds.</exception>
    public static float[] Of(Decoder decoder, IReadOnlyList<int> lead, IReadOnlyList<int> ids)
    {
        if (ids.Count == 0)
            throw new UrialException("A text without tokens has no hidden states to take the mean of.");
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var input = tensor(lead.Concat(ids).Select(id => (long)id).ToArray()).unsqueeze(0); // [1, positions]
        var states = decoder.Hidden(input).narrow(1, lead.Count, ids.Count); // [1, ids, hidden]
        return states.to(ScalarType.Float32).mean([1]).cpu().data<float>().ToArray(); // [hidden]
    }
}
