namespace Urial.Tests.Runtime;

/// <summary>A theory about devices and signals: skipped, with the reason, elsewhere than on Linux.</summary>
public sealed class LinuxTheoryAttribute : TheoryAttribute
{
    public LinuxTheoryAttribute()
    {
        if (!OperatingSystem.IsLinux())
            Skip = "/dev/full and bash are Linux's.";
    }
}
