using TorchSharp;
using static TorchSharp.torch;

namespace Urial.Tests.Models;

/// <summary>
/// Models on another device than the CPU. There is no such device here that computes; torch's meta device computes shapes alone, and
/// refuses, as every other does, an operation on tensors that lie in two places. So what is tested is that nothing of a pass is left behind.
/// </summary>
public sealed class DeviceTests
{
    public static TheoryData<string> Shapes => [.. Directory.GetDirectories(Repository.Path("tests", "golden", "models"))
        .Select(folder => Path.GetFileName(folder))];

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Passes_of_all_kinds_stay_on_the_device_of_the_weights(string shape)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        using var plain = Decoder.Random(DecoderConfig.Load(Repository.Path("tests", "golden", "models", shape)), 1);
        using var decoder = new Decoder(plain.Config, plain.Weights.ToDictionary(w => w.Key, w => w.Value.to(META)));
        Assert.Null(decoder.Packed);
        Assert.False(decoder.IsSmall);
        var ids = tensor(new long[] { 5, 6, 7, 8, 9, 10, 11, 12 }).view(2, 4);

        Assert.Equal(DeviceType.META, decoder.Forward(ids).device_type);
        using (var cache = new KvCache(2))
        {
            decoder.Forward(ids, cache, padding: [0, 2]);
            Assert.Equal(DeviceType.META, decoder.Forward(ids.narrow(1, 0, 1), cache, lastOnly: true).device_type);
            using var joined = KvCache.Join(cache, [1, 0], null, 8);
            decoder.Forward(ids.narrow(1, 0, 2), joined);
            joined.Keep([1]);
            decoder.Forward(ids.narrow(0, 0, 1), joined);
        }
        using var single = new KvCache(8);
        decoder.Forward(ids.narrow(0, 0, 1), single);
        using var repeated = KvCache.Repeat(single, 3, [0, 1], 8);
        Assert.Equal([2, 1, decoder.Config.VocabularySize], decoder.Forward(ids.narrow(1, 0, 1), repeated, lastOnly: true).shape);
    }

    [Theory]
    [InlineData("cuda")]
    [InlineData("cuda:1")]
    public void A_device_that_is_not_here_is_refused_with_what_would_help(string name)
    {
        if (cuda.is_available())
            return; // then it is here
        var problem = Assert.Throws<UrialException>(() => ComputeDevices.Use(name));
        Assert.Contains("-p:UrialTorch=cuda", problem.Message);
        Assert.Contains("Unknown device 'tpu'", Assert.Throws<UrialException>(() => ComputeDevices.Check("tpu")).Message);
    }
}
