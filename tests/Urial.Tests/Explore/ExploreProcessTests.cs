using System.Diagnostics;
using System.Globalization;
using Urial.Cli;
using Urial.Tests.Runtime;

namespace Urial.Tests.Explore;

/// <summary><c>urial explore</c> as a process: what it prints, how it ends, and what it holds after many questions.</summary>
public sealed class ExploreProcessTests
{
    private static readonly string[] Places = ["Nepal", "Peru", "Romania", "potassium", "the tuba", "xenon", "Iceland", "silicon"];

    [LinuxTheory]
    [InlineData("INT")]
    [InlineData("TERM")]
    public async Task It_prints_one_address_and_a_signal_ends_it_at_once(string signal)
    {
        using var process = Start(out var address);
        Assert.Matches(@"^http://127\.0\.0\.1:\d+/[0-9a-f]{32}/$", address);
        using (var http = new HttpClient())
            Assert.Contains("explore.js", await http.GetStringAsync(address));
        using (var kill = Process.Start("kill", [$"-{signal}", $"{process.Id}"]))
            await kill.WaitForExitAsync();
        Assert.Equal("", await process.StandardOutput.ReadToEndAsync());
        var error = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.Equal(130, process.ExitCode);
        Assert.EndsWith("urial: stopped.\n", error);
    }

    [LinuxFact]
    public async Task A_hundred_questions_in_a_row_leak_nothing()
    {
        using var process = Start(out var address);
        using var http = new HttpClient();
        using (var about = await http.GetAsync(address + "api/about"))
            await about.Content.ReadAsStringAsync();
        await Ask(40, 0); // code is compiled, heaps and caches have their sizes
        var before = Resident(process);
        await Ask(100, 40);
        var after = Resident(process);
        process.Kill();
        Assert.True(after - before < 48, $"{before} MB before a hundred questions, {after} MB behind them");

        async Task Ask(int count, int from)
        {
            for (var i = from; i < from + count; i++)
            {
                var asked = ExploreSite.Asked(
                    $"What do you know about {Places[i % Places.Length]}? ({i})", i % 3 == 0 ? "zero-shot" : "urial",
                    i % 3 == 0 ? null : 3, control: i % 5 == 0, blend: i % 7 == 0 ? 0.5 : 1);
                using var content = new StringContent(asked.ToJsonString(), System.Text.Encoding.UTF8, "application/json");
                using var response = await http.PostAsync(address + "api/ask", content);
                Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
            }
        }
    }

    [LinuxFact]
    public async Task A_signal_ends_it_in_the_middle_of_an_answer_too()
    {
        using var process = Start(out var address);
        using var http = new HttpClient();
        using (var about = await http.GetAsync(address + "api/about"))
            await about.Content.ReadAsStringAsync();
        var asked = ExploreSite.Asked(blend: 0.5);
        asked["limit"] = 512;
        asked["style"] = new System.Text.Json.Nodes.JsonObject { ["name"] = "chat" }; // whose blend goes on and on
        using var request = new HttpRequestMessage(HttpMethod.Post, address + "api/ask")
        {
            Content = new StringContent(asked.ToJsonString(), System.Text.Encoding.UTF8, "application/json"),
        };
        using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        Assert.True(response.IsSuccessStatusCode);
        using (var kill = Process.Start("kill", ["-INT", $"{process.Id}"]))
            await kill.WaitForExitAsync();
        var error = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.Equal(130, process.ExitCode);
        Assert.EndsWith("urial: stopped.\n", error);
        Assert.DoesNotContain("   at ", error);
    }

    [LinuxTheory]
    [InlineData(true, true)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    public async Task The_browser_gets_the_address_unless_there_is_none_or_nothing_to_show(bool hasBrowser, bool hasModels)
    {
        using var folder = new Models.TemporaryFolder();
        if (hasBrowser && !OperatingSystem.IsWindows())
        {
            File.WriteAllText(folder.File("xdg-open"), $"#!/bin/sh\necho \"$1\" > \"{folder.File("opened")}\"\n");
            File.SetUnixFileMode(folder.File("xdg-open"), UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }
        using var process = Start(out var address, folder.Root,
            hasModels ? [] : ["--base", folder.File("none"), "--aligned", folder.File("none")]);
        if (hasModels)
        {
            var said = new List<string>();
            while (await process.StandardError.ReadLineAsync() is { } line && !line.Contains("are loaded", StringComparison.Ordinal))
                said.Add(line);
            Assert.Equal(!hasBrowser, said.Exists(line => line.StartsWith("No browser could be opened", StringComparison.Ordinal)));
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
            while (hasBrowser && !(File.Exists(folder.File("opened")) && new FileInfo(folder.File("opened")).Length > 0))
                await Task.Delay(20, patience.Token);
            Assert.Equal(hasBrowser ? address : "", hasBrowser ? File.ReadAllText(folder.File("opened")).Trim() : "");
            process.Kill();
            return;
        }
        var error = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.Equal(2, process.ExitCode);
        Assert.Contains(folder.File("none"), error);
        Assert.DoesNotContain("   at ", error);
        Assert.False(File.Exists(folder.File("opened")));
    }

    [Theory]
    [InlineData("--base is missing", "--aligned", "x")]
    [InlineData("--aligned is missing", "--base", "x")]
    [InlineData("--port", "--port", "70000")]
    [InlineData("no-such-folder", "--base", "no-such-folder", "--aligned", "no-such-folder", "--no-browser")]
    [InlineData("Unknown precision", "--dtype", "f16")]
    [InlineData("is for a model behind a server", "--tokenizer", "x")]
    public async Task What_cannot_be_served_is_said_in_a_line(string line, params string[] options)
    {
        var error = new StringWriter();
        Assert.Equal(2, await Program.Run(["explore", .. options], TextWriter.Null, error));
        Assert.Contains(line, error.ToString());
    }

    // Without a path, no browser is looked for; with one, programs are found there alone.
    private static Process Start(out string address, string? path = null, string[]? options = null)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath ?? "dotnet",
            [Repository.Path("lib", "bin", "Urial.Cli.dll"), "explore", .. path is null ? ["--no-browser"] : Array.Empty<string>(),
                .. options ?? []])
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        if (path is not null)
            (start.Environment["PATH"], start.Environment["DISPLAY"]) = (path, ":0");
        var process = Process.Start(start)!;
        address = process.StandardOutput.ReadLine() ?? "";
        return process;
    }

    // MB
    private static long Resident(Process process) => long.Parse(File.ReadLines($"/proc/{process.Id}/status")
        .Single(line => line.StartsWith("VmRSS:", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2],
        CultureInfo.InvariantCulture) / 1024;
}
