using System.CommandLine;
using System.ComponentModel;
using System.Diagnostics;
using Urial.Explore;
using Urial.MicroWorld;

namespace Urial.Cli;

/// <summary><c>urial explore</c>: a live page on which a pair is asked.</summary>
internal static class ExploreCommand
{
    private static readonly TimeSpan BeforeBrowser = TimeSpan.FromSeconds(1);

    /// <summary>The command, to be added to the root command.</summary>
    public static Command Create()
    {
        var @base = new Option<string>("--base")
        {
            Description = "The base model: a folder, org/name[@revision] of the hub, or the address of a completions server "
                + "(http://HOST:PORT/v1). Left out together with --aligned: the embedded pair.",
            HelpName = ServedOptions.HelpName,
        };
        var aligned = new Option<string>("--aligned")
        {
            Description = "The aligned model, in the same way; may be the same (one model under two prompts).",
            HelpName = ServedOptions.HelpName,
        };
        var port = new Option<int>("--port")
        {
            CustomParser = Number.Whole(0, 65_535),
            Description = "The port of this computer's own address (127.0.0.1) to listen on; 0: a free one.",
            DefaultValueFactory = _ => 0,
            HelpName = "N",
        };
        var noBrowser = new Option<bool>("--no-browser") { Description = "Only print the page's address; open no browser." };
        var dtype = new Option<string>("--dtype")
        {
            Description = "Precision to compute in: f32 (the reference) or bf16.",
            DefaultValueFactory = _ => "f32",
            HelpName = "f32|bf16",
        };
        var command = new Command("explore", "Ask a pair of models live, on a page in the browser: the aligned model's answer token by "
            + "token with what the base model would have said, other prompts, branches, blends. Prints the page's address, which holds "
            + "a key of its own: whoever has it can use the page. Ctrl-C ends it.")
        {
            @base, aligned, port, noBrowser, dtype,
        };
        var served = ServedOptions.AddTo(command);
        // No asynchronous action: a signal then ends the process at once, whatever is being computed.
        command.SetAction(parsed =>
        {
            var (say, warn) = (parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error);
            var pair = Pair(parsed, parsed.GetValue(@base), parsed.GetValue(aligned), served,
                PrecisionNames.Parse(parsed.GetRequiredValue(dtype)));
            Run(pair, parsed.GetValue(port), !parsed.GetValue(noBrowser), say, warn).GetAwaiter().GetResult();
        });
        return command;
    }

    private static async Task Run(ExplorePair pair, int port, bool browser, TextWriter say, TextWriter warn)
    {
        await using var server = await ExploreServer.StartAsync(pair, port, warn.WriteLine);
        say.WriteLine($"{server.Address}");
        say.Flush();
        if (browser)
        {
            // What fails at once is said here, and not by a browser that finds nobody at the address.
            await Task.WhenAny(server.Loaded, Task.Delay(BeforeBrowser));
            if (!server.Loaded.IsFaulted)
                Open(server.Address, warn);
        }
        await server.Loaded;
        warn.WriteLine("The models are loaded. Ctrl-C ends the page.");
        await Task.Delay(Timeout.Infinite);
    }

    private static ExplorePair Pair(ParseResult parsed, string? @base, string? aligned, ServedOptions served, Precision precision)
    {
        if (@base is null != aligned is null)
            throw new UrialException($"{(@base is null ? "--base" : "--aligned")} is missing: a pair has two models. Name both, or "
                + "neither for the embedded pair.");
        var (first, second) = (@base ?? MicroModels.Base, aligned ?? MicroModels.Dpo);
        // What is wrong with the options is said before anything is served.
        served.Sides(parsed, first, second, named => named, named => named);
        return new ExplorePair((tell, cancellation) =>
        {
            var lines = FetchProgress.Lines(new TellingWriter(tell));
            var (one, other) = served.Sides(parsed, first, second, named => ModelFolder.Resolve(named, lines, cancellation),
                named => ModelFolder.ResolveTokenizer(named, lines, cancellation));
            if (one.Server is null && other.Server is null && ModelFolder.IsAdapter(one.Folder))
                foreach (var adapter in new[] { one.Folder, other.Folder }.Where(ModelFolder.IsAdapter)) // into the cache
                    ModelFolder.BaseOf(adapter, lines, cancellation);
            tell($"Loading {first} and {second} …");
            return new LivePairSettings(one.Folder, other.Folder, one.Server, other.Server, Precision: precision);
        }, first, second, IsEmbedded: @base is null);
    }

    private static void Open(Uri address, TextWriter warn)
    {
        if (OperatingSystem.IsLinux() && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("DISPLAY"))
            && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("WAYLAND_DISPLAY")))
            return; // nowhere to show a browser
        try
        {
            using var opened = Process.Start(new ProcessStartInfo($"{address}") { UseShellExecute = true });
        }
        catch (Exception problem) when (problem is Win32Exception or InvalidOperationException or FileNotFoundException)
        {
            warn.WriteLine($"No browser could be opened ({problem.Message}): open the address yourself.");
        }
    }
}
