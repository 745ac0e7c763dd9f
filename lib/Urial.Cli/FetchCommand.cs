using System.CommandLine;

namespace Urial.Cli;

/// <summary><c>urial fetch</c>: downloads models from the Hugging Face hub; without an id, shows which pairs there are.</summary>
internal static class FetchCommand
{
    /// <summary>The command, to be added to the root command.</summary>
    public static Command Create()
    {
        var ids = new Argument<string[]>("ID")
        {
            Description = "Models of the hub, each org/name or org/name@revision (a branch, a tag or a commit). Without any, the catalogue "
                + "of ready pairs is shown.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        var command = new Command("fetch", "Fetch models from the Hugging Face hub into the cache that Python's huggingface_hub shares, "
            + "and print each one's folder as its last line. HF_TOKEN is sent for gated models; HF_ENDPOINT, HF_HOME, HF_HUB_CACHE and "
            + "HF_HUB_OFFLINE are heeded. The same again goes on where it was stopped. Exit code 0: all are there; 2: one cannot be "
            + "fetched.")
        {
            ids,
        };
        command.SetAction(async (parsed, cancellation) =>
        {
            var output = parsed.InvocationConfiguration.Output;
            HubId[] wanted = [.. (parsed.GetValue(ids) ?? []).Select(HubId.Parse)];
            if (wanted.Length == 0)
                CatalogueView.Print(PairCatalogue.Pairs, output);
            using var client = new HubClient();
            foreach (var id in wanted)
            {
                // The bars live in a thread of their own, and the work in a pool's.
                var snapshot = await Task.Run(() => FetchProgress.Show(parsed.InvocationConfiguration.Error,
                    progress => client.FetchAsync(id, progress, cancellation).GetAwaiter().GetResult()), cancellation);
                Print(snapshot, output);
            }
            return ExitCode.Ok;
        });
        return command;
    }

    private static void Print(HubSnapshot snapshot, TextWriter output)
    {
        output.WriteLine($"{snapshot.Id.Name}, revision {snapshot.Id.Revision}, commit {snapshot.Commit}");
        foreach (var (name, size) in snapshot.Files)
            output.WriteLine($"  {name}  {FetchProgress.Bytes(size)}");
        output.WriteLine($"  together {FetchProgress.Bytes(snapshot.Size)}, of which {FetchProgress.Bytes(snapshot.Received)} were "
            + "downloaded now");
        output.WriteLine(snapshot.Directory);
    }
}
