namespace Urial.Cli;

/// <summary>How to start this very program once more.</summary>
internal static class Self
{
    private static readonly string Assembly = typeof(Self).Assembly.Location;

    private static bool ByDotnet => Path.GetFileName(Environment.ProcessPath) is not ("Urial.Cli" or "Urial.Cli.exe");

    /// <summary>The program: its own launcher, or <c>dotnet</c> where it was started through that.</summary>
    public static string Program => !ByDotnet ? Environment.ProcessPath!
        : Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet" ? Environment.ProcessPath! : "dotnet";

    /// <summary>What comes before its arguments.</summary>
    public static IReadOnlyList<string> Arguments => ByDotnet ? [Assembly] : [];
}
