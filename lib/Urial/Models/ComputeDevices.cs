using System.Globalization;
using TorchSharp;

namespace Urial;

/// <summary>The device that models are computed on: the CPU, or a CUDA device where the build has the libtorch for it.</summary>
public static class ComputeDevices
{
    /// <summary>The CPU.</summary>
    public const string Cpu = "cpu";

    private const string Cuda = "cuda";

    /// <summary>Where models that are loaded from now on are computed.</summary>
    internal static torch.Device Current { get; private set; } = torch.CPU;

    /// <summary>Has models that are loaded from now on computed on a device. Training stays on the CPU.</summary>
    /// <param name="name"><c>cpu</c>, <c>cuda</c> or <c>cuda:N</c>.</param>
    /// <exception cref="UrialException">There is no such device here.</exception>
    public static void Use(string name)
    {
        Check(name);
        Current = name == Cpu ? torch.CPU : torch.device(name);
    }

    /// <summary>Refuses a device that is not there.</summary>
    /// <param name="name"><c>cpu</c>, <c>cuda</c> or <c>cuda:N</c>.</param>
    /// <exception cref="UrialException">There is no such device here.</exception>
    public static void Check(string name)
    {
        if (name == Cpu)
            return;
        if (name != Cuda && !(name.StartsWith("cuda:", StringComparison.Ordinal)
            && int.TryParse(name.AsSpan(5), NumberStyles.None, CultureInfo.InvariantCulture, out _)))
            throw new UrialException($"Unknown device '{name}': choose cpu, cuda or cuda:N.");
        if (!torch.cuda.is_available())
            throw new UrialException($"There is no device '{name}' here: this build has the libtorch for CPUs alone, or the "
                + "machine has no CUDA device. Build with -p:UrialTorch=cuda on a machine that has one, or use cpu; a model that is too "
                + "large for it in f32 takes half the memory as bf16 (--dtype bf16).");
        var count = torch.cuda.device_count();
        if (name != Cuda && int.Parse(name.AsSpan(5), CultureInfo.InvariantCulture) >= count)
            throw new UrialException(string.Create(CultureInfo.InvariantCulture, $"There is no device '{name}' here: this machine has ")
                + string.Create(CultureInfo.InvariantCulture, $"cuda:0 to cuda:{count - 1}."));
    }
}
