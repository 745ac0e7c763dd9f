namespace Urial;

/// <summary>The devices that an option such as <c>--device</c> may name.</summary>
public static class ComputeDevices
{
    /// <summary>The device that models are computed on.</summary>
    public const string Cpu = "cpu";

    /// <summary>Refuses a device that is not there: this project is built with the libtorch that computes on a CPU.</summary>
    /// <param name="name"><c>cpu</c> or <c>cuda</c>.</param>
    /// <exception cref="UrialException">It is not <c>cpu</c>.</exception>
    public static void Check(string name)
    {
        if (name == Cpu)
            return;
        throw new UrialException(name == "cuda" || name.StartsWith("cuda:", StringComparison.Ordinal)
            ? $"There is no device '{name}' here: this build has the libtorch that computes on the CPU alone. Use cpu; a model that is too "
                + "large for it in f32 takes half the memory as bf16 (--dtype bf16)."
            : $"Unknown device '{name}': choose cpu (cuda is known, and not in this build).");
    }
}
