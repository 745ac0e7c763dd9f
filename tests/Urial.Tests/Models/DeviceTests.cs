using TorchSharp;
using static TorchSharp.torch;

namespace Urial.Tests.Models;

/// <summary>
/// Models on another device than the CPU. None that computes is at hand where these tests were written; torch's meta device has shapes
/// alone, but what a pass makes beside the weights must lie there as it must lie on a CUDA device.
/// </summary>
public sealed class DeviceTests
{
    private static readonly DecoderConfig Config = DecoderConfig.Load(Repository.Path("tests", "golden", "models", "gemma3"));

    [Fact]
    public void A_decoder_computes_where_its_weights_lie_and_is_not_packed_elsewhere()
    {
        using var plain = Decoder.Random(Config, 1);
        using var elsewhere = new Decoder(Config, plain.Weights.ToDictionary(w => w.Key, w => w.Value.to(META))) { IsFixed = true };
        Assert.Equal((DeviceType.CPU, DeviceType.META), (plain.Device.type, elsewhere.Device.type));
        Assert.Null(elsewhere.Packed);
        Assert.False(elsewhere.IsSmall);
    }

    [Fact]
    public void Rotations_masks_and_caches_lie_where_the_weights_do()
    {
        using var scope = NewDisposeScope();
        using var rope = new Rope(Config.TurnedEntries, 10_000, RopeScaling.None, ScalarType.Float32, META);
        Assert.Equal(DeviceType.META, rope.At(3, 4).Cos.device_type);
        using var cache = new KvCache(2);
        var placement = new Placement(Config, META, 2, 4, cache, [0, 2], rope, null);
        Assert.Equal(DeviceType.META, placement.Places!.device_type);
        Assert.Equal(DeviceType.META, placement.Seen(isWindowed: false).Mask!.device_type);
        Assert.Equal(DeviceType.META, new Placement(Config, META, 1, Config.SlidingWindow!.Value + 2, null, null, rope, null)
            .Seen(isWindowed: true).Mask!.device_type);
        for (var layer = 0; layer < 2; layer++)
        {
            var (keys, values) = cache.Append(layer, empty([2, 1, 4, 8], device: META), empty([2, 1, 4, 8], device: META)); // grows
            Assert.Equal((DeviceType.META, DeviceType.META), (keys.device_type, values.device_type));
        }
        cache.Advance(4);
        Assert.Equal(DeviceType.META, cache.Visible(4).device_type);
        Assert.Equal(DeviceType.META, new Placement(Config, META, 2, 1, cache, null, rope, null).Seen(false).Mask!.device_type);
    }

    [Theory]
    [InlineData("cuda")]
    [InlineData("cuda:1")]
    public void A_device_that_is_not_here_is_refused_with_what_would_help(string name)
    {
        if (cuda.is_available())
            return; // then it is here
        Assert.Contains("-p:UrialTorch=cuda", Assert.Throws<UrialException>(() => ComputeDevices.Use(name)).Message);
        Assert.Contains("Unknown device 'tpu'", Assert.Throws<UrialException>(() => ComputeDevices.Check("tpu")).Message);
    }
}
