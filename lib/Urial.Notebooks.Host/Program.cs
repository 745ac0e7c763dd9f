using System.IO.Pipes;

namespace Urial.Notebooks.Host;

/// <summary>
/// A chapter's process: the .NET Interactive kernel for C#, and nothing of this project's that a reader's kernel would lack.
/// </summary>
public static class Program
{
    /// <summary>Runs the cells that come over a pipe until it closes.</summary>
    /// <param name="args">The pipe's name.</param>
    public static async Task<int> Main(string[] args)
    {
        // Ctrl-C goes to every process of a terminal; the runner decides, and this process ends when its pipe closes.
        Console.CancelKeyPress += (_, key) => key.Cancel = true;
        await using var pipe = new NamedPipeClientStream(".", args[0], PipeDirection.InOut, PipeOptions.Asynchronous);
        await pipe.ConnectAsync();
        using var channel = new HostChannel(pipe);
        var cells = new System.Collections.Concurrent.BlockingCollection<HostMessage>();
        // The pipe is watched while a cell runs: when it closes, nobody waits for the chapter any more.
        new Thread(() =>
        {
            while (channel.Receive() is { } message)
                cells.Add(message);
            Environment.Exit(1);
        })
        { IsBackground = true }.Start();

        using var kernel = await CellKernel.StartAsync(channel);
        channel.Send(new HostMessage(HostMessageKind.Ready, 0));
        foreach (var cell in cells.GetConsumingEnumerable())
            await kernel.RunAsync(cell.Cell, cell.Texts[0]);
        return 0;
    }
}
