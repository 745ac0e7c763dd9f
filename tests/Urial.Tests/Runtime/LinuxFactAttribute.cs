namespace Urial.Tests.Runtime;

/// <summary>A fact about ELF files: skipped, with the reason, elsewhere than on Linux.</summary>
public sealed class LinuxFactAttribute : FactAttribute
{
    public LinuxFactAttribute()
    {
        if (!OperatingSystem.IsLinux())
            Skip = "libLibTorchSharp.so is a Linux library.";
    }
}
