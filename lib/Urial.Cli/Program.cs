using System.CommandLine;

namespace Urial.Cli;

/// <summary>The <c>urial</c> command line.</summary>
public static class Program
{
    /// <summary>Parses <paramref name="args"/> and runs the command they name.</summary>
    /// <returns>The process exit code.</returns>
    public static Task<int> Main(string[] args)
    {
        var root = new RootCommand("See what alignment does to a language model, token by token.");
        return root.Parse(args).InvokeAsync();
    }
}
