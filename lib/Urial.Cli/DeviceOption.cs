using System.CommandLine;

namespace Urial.Cli;

/// <summary><c>--device</c>: where models are computed.</summary>
internal static class DeviceOption
{
    /// <summary>The option; a device that is not there is refused before anything else is done.</summary>
    public static Option<string> Create()
    {
        var option = new Option<string>("--device")
        {
            Description = "Where to compute: cpu. cuda is refused: this build has no libtorch for it.",
            DefaultValueFactory = _ => ComputeDevices.Cpu,
            HelpName = "cpu",
        };
        option.Validators.Add(result =>
        {
            try
            {
                ComputeDevices.Check(result.GetValueOrDefault<string>());
            }
            catch (UrialException problem)
            {
                result.AddError($"--device: {problem.Message}");
            }
        });
        return option;
    }
}
