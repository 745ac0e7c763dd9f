using System.CommandLine;

namespace Urial.Cli;

/// <summary><c>--device</c>: where models are computed.</summary>
internal static class DeviceOption
{
    /// <summary>The option; a device that is not there is refused before anything else is done, and one that is there is used.</summary>
    public static Option<string> Create()
    {
        var option = new Option<string>("--device")
        {
            Description = "Where to compute: cpu, or cuda (cuda:N) in a build that has the libtorch for it (-p:UrialTorch=cuda).",
            DefaultValueFactory = _ => ComputeDevices.Cpu,
            HelpName = "cpu|cuda",
        };
        option.Validators.Add(result =>
        {
            try
            {
                ComputeDevices.Use(result.GetValueOrDefault<string>());
            }
            catch (UrialException problem)
            {
                result.AddError($"--device: {problem.Message}");
            }
        });
        return option;
    }
}
