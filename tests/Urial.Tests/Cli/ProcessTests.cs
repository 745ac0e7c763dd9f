using System.Diagnostics;
using Urial.Tests.Models;
using Urial.Tests.Runtime;

namespace Urial.Tests.Cli;

/// <summary>The command line as a process among others: devices that are full, pipes that nobody reads, signals.</summary>
public sealed class ProcessTests
{
    private const string Prompt = "dotnet \"$URIAL\" prompt --prompt-style zero-shot --jsonl";

    [LinuxTheory]
    [InlineData("echo '\"Hi\"' | " + Prompt + " > /dev/full", 2, "urial: Cannot write standard output: there is no space left.")]
    [InlineData("echo '\"Hi\"' | " + Prompt + " > /dev/full 2> /dev/full", 2, "")]
    [InlineData("dotnet \"$URIAL\" --help > /dev/full", 2, "urial: Cannot write standard output")]
    [InlineData("yes '\"Hi\"' | " + Prompt + " | head -1 > /dev/null; exit ${PIPESTATUS[1]}", 141, "")]
    [InlineData("dotnet \"$URIAL\" nothing 2> /dev/full", 2, "")]
    [InlineData("dotnet \"$URIAL\" prompt --help | head -0 > /dev/null; exit ${PIPESTATUS[0]}", 141, "")]
    public async Task Output_that_cannot_be_written_has_an_exit_code_and_no_stack(string script, int code, string line)
    {
        var (exit, error) = await Bash(script);
        Assert.Equal(code, exit);
        Assert.StartsWith(line, error);
        Assert.True(error.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length <= 1, error);
    }

    [LinuxTheory]
    [InlineData("INT")]
    [InlineData("TERM")]
    public async Task A_signal_leaves_one_line(string signal)
    {
        // The first answer says that the program runs.
        var (exit, error) = await Bash($$"""
            set -m # without it, bash has what runs beside it ignore INT
            exec 3>&2 2> /dev/null # what bash says of its jobs
            coproc URIALS { exec {{Prompt}} 2>&3; }
            pid=$!
            echo '"Hi"' >&"${URIALS[1]}"
            read -r first <&"${URIALS[0]}"
            kill -{{signal}} $pid
            wait $pid
            """);
        Assert.Equal(130, exit);
        Assert.Equal("urial: stopped.\n", error);
    }

    [LinuxTheory]
    [InlineData("INT")]
    [InlineData("TERM")]
    public async Task A_signal_ends_a_run_of_notebooks_and_its_kernel(string signal)
    {
        using var folder = new TemporaryFolder();
        Cells.Code("System.IO.File.WriteAllText(\"pid\", Environment.ProcessId.ToString());\nConsole.Write(1);\nawait Task.Delay(600_000);")
            .Save(folder.File("long.ipynb"));
        var (exit, error) = await Bash($$"""
            set -m
            exec 3>&2 2> /dev/null
            dotnet "$URIAL" run "$FOLDER/long.ipynb" --out "$FOLDER/out" > "$FOLDER/said" 2>&3 &
            pid=$!
            until [ -s "$FOLDER/pid" ]; do sleep 0.1; kill -0 $pid || break; done
            kill -{{signal}} $pid
            wait $pid
            code=$?
            for i in $(seq 50); do kill -0 $(cat "$FOLDER/pid") || exit $code; sleep 0.1; done
            exit 99 # the kernel lives on
            """, folder.Root);
        Assert.Equal(130, exit);
        Assert.Equal("urial: stopped.\n", error);
    }

    private static async Task<(int Exit, string Error)> Bash(string script, string folder = "")
    {
        var start = new ProcessStartInfo("bash", ["-c", script]) { RedirectStandardError = true, RedirectStandardOutput = true };
        start.Environment["URIAL"] = Repository.Path("lib", "bin", "Urial.Cli.dll");
        start.Environment["FOLDER"] = folder;
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = await process.StandardError.ReadToEndAsync();
        await output;
        await process.WaitForExitAsync();
        return (process.ExitCode, error);
    }
}
