using System.Numerics;

namespace Urial.Tests.Models;

/// <summary>The same network written with loops over doubles: slow, plain and independent of the tensor library.</summary>
internal static class ScalarDecoder
{
    public static double[][] Logits(DecoderConfig c, Dictionary<string, float[]> w, int[] ids)
    {
        double[][] x = [.. ids.Select(id => Row(w["model.embed_tokens.weight"], id, c.HiddenSize))];
        for (var layer = 0; layer < c.Layers; layer++)
        {
            var at = $"model.layers.{layer}.";
            var mixed = Attention(c, w, at + "self_attn.", [.. x.Select(v => Norm(v, w[at + "input_layernorm.weight"], c.NormEpsilon))]);
            for (var p = 0; p < ids.Length; p++)
            {
                x[p] = Sum(x[p], mixed[p]);
                var v = Norm(x[p], w[at + "post_attention_layernorm.weight"], c.NormEpsilon);
                double[] gate = Linear(w, at + "mlp.gate_proj", v), up = Linear(w, at + "mlp.up_proj", v);
                double[] inner = [.. gate.Zip(up, (g, u) => g / (1 + Math.Exp(-g)) * u)];
                x[p] = Sum(x[p], Linear(w, at + "mlp.down_proj", inner));
            }
        }
        var head = c.TiedHead ? "model.embed_tokens" : "lm_head";
        return [.. x.Select(v => Linear(w, head, Norm(v, w["model.norm.weight"], c.NormEpsilon)))];
    }

    private static double[][] Attention(DecoderConfig c, Dictionary<string, float[]> w, string at, double[][] x)
    {
        var d = c.HeadDim;
        double[][] q = [.. x.Select(v => Linear(w, at + "q_proj", v))], k = [.. x.Select(v => Linear(w, at + "k_proj", v))], values = [
            .. x.Select(v => Linear(w, at + "v_proj", v))];
        var result = new double[x.Length][];
        for (var p = 0; p < x.Length; p++)
        {
            var heads = new double[c.Heads * d];
            for (var head = 0; head < c.Heads; head++)
            {
                var shared = head / (c.Heads / c.KvHeads);
                double[] scores = [.. Enumerable.Range(0, p + 1).Select(earlier =>
                    Turned(c, w, at + "q_norm.weight", q[p], head, p)
                        .Zip(Turned(c, w, at + "k_norm.weight", k[earlier], shared, earlier), (a, b) => a * b).Sum() / Math.Sqrt(d))];
                double[] weights = [.. scores.Select(s => Math.Exp(s - scores.Max()))];
                for (var earlier = 0; earlier <= p; earlier++)
                    for (var i = 0; i < d; i++)
                        heads[head * d + i] += weights[earlier] / weights.Sum() * values[earlier][shared * d + i];
            }
            result[p] = Linear(w, at + "o_proj", heads);
        }
        return result;
    }

    /// <summary>One head, normalised where the family does it; entries i and i + d/2 are a complex number, turned by its angle.</summary>
    private static double[] Turned(DecoderConfig c, Dictionary<string, float[]> w, string norm, double[] all, int head, int position)
    {
        var d = c.HeadDim;
        var one = all[(head * d)..((head + 1) * d)];
        if (c.Family.QkNorm == QueryKeyNorm.Head)
            one = Norm(one, w[norm], c.NormEpsilon);
        var turned = new double[d];
        for (var i = 0; i < d / 2; i++)
        {
            var z = new Complex(one[i], one[i + d / 2]) * Complex.FromPolarCoordinates(1, position * Math.Pow(c.RopeTheta, -2.0 * i / d));
            (turned[i], turned[i + d / 2]) = (z.Real, z.Imaginary);
        }
        return turned;
    }

    private static double[] Norm(double[] x, float[] weight, double epsilon)
    {
        var scale = 1 / Math.Sqrt(x.Select(v => v * v).Average() + epsilon);
        return [.. x.Zip(weight, (v, g) => v * scale * g)];
    }

    private static double[] Linear(Dictionary<string, float[]> w, string name, double[] x)
    {
        var matrix = w[name + ".weight"];
        var bias = w.GetValueOrDefault(name + ".bias");
        return [.. Enumerable.Range(0, matrix.Length / x.Length)
            .Select(o => x.Select((v, i) => v * matrix[o * x.Length + i]).Sum() + (bias?[o] ?? 0))];
    }

    private static double[] Row(float[] matrix, int row, int width) => [.. matrix.Skip(row * width).Take(width).Select(v => (double)v)];

    private static double[] Sum(double[] a, double[] b) => [.. a.Zip(b, (x, y) => x + y)];
}
