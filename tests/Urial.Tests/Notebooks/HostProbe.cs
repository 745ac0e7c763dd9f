namespace Urial.Tests;

/// <summary>Where a cell leaves types for its test to compare.</summary>
public static class HostProbe
{
    public static List<Type> Seen { get; } = [];
}
