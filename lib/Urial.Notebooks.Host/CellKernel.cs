using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Scripting;
using Microsoft.DotNet.Interactive;
using Microsoft.DotNet.Interactive.Commands;
using Microsoft.DotNet.Interactive.CSharp;
using Microsoft.DotNet.Interactive.Events;
using Microsoft.DotNet.Interactive.Formatting;
using Microsoft.DotNet.Interactive.PackageManagement;
using Microsoft.DotNet.Interactive.Utility;

namespace Urial.Notebooks.Host;

/// <summary>The kernel as <c>dotnet interactive jupyter</c> sets it up for C#, and what it says of each cell as messages.</summary>
internal sealed class CellKernel : IDisposable
{
    /// <summary>The one form that the library gives for saving only; a live kernel shows a figure as HTML with script.</summary>
    private const string Plotly = "application/vnd.plotly.v1+json";

    private readonly HostChannel _channel;
    private readonly CSharpKernel _csharp = new();
    private readonly CompositeKernel _kernel = new();
    private RunningCell? _cell;
    private Action? _takeConsole;

    private CellKernel(HostChannel channel)
    {
        _channel = channel;
        _kernel.Add(_csharp.UseNugetDirective(References).UseKernelHelpers().UseValueSharing());
        _kernel.DefaultKernelName = _csharp.Name;
        Formatter.DefaultMimeType = HtmlFormatter.MimeType;
        Formatter.SetPreferredMimeTypesFor(typeof(string), PlainTextFormatter.MimeType);
        // What the cell's code starts has to find the cell again, and the kernel runs code on a thread of its own.
        _kernel.AddMiddleware(async (command, context, next) =>
        {
            RunningCell.Current = _cell;
            await next(command, context);
        });
        _csharp.AddMiddleware(async (command, context, next) =>
        {
            RunningCell.Current = _cell;
            await next(command, context);
        });
        _kernel.KernelEvents.Subscribe(new EventObserver(Report));
    }

    /// <summary>A kernel that is ready: its helpers are known, its compiler is warm.</summary>
    public static async Task<CellKernel> StartAsync(HostChannel channel)
    {
        var kernel = new CellKernel(channel);
        // The kernel takes the console over while somebody listens, and gives it back: one listener stays, in a flow of its own,
        // so that its writers stay in place below ours.
        await Task.Run(() => ConsoleOutput.Subscribe(_ => new Listening()));
        kernel._takeConsole = CellConsole.Install();
        ScriptSettings.ReadMetadataAlone(kernel._csharp);
        await kernel.SubmitAsync("");
        return kernel;
    }

    /// <summary>Runs a cell and reports all that comes of it, its end last.</summary>
    public async Task RunAsync(int number, string source)
    {
        _takeConsole!();
        ScriptSettings.Name(_csharp, CellPlace.FileName(number));
        _cell = new RunningCell(number, () => _csharp.ScriptState);
        await SubmitAsync(source);
        _cell.Close();
        _cell = null;
        using var self = Process.GetCurrentProcess();
        Send(HostMessageKind.Done, number, self.PeakWorkingSet64.ToString(CultureInfo.InvariantCulture));
    }

    /// <inheritdoc/>
    public void Dispose() => _kernel.Dispose();

    // A flow of its own for each cell: the kernel marks the flow that a cell is submitted from.
    private Task SubmitAsync(string source) => Task.Run(() => _kernel.SendAsync(new SubmitCode(source)));

    private void Report(KernelEvent told)
    {
        if (_cell is not { } cell)
            return;
        switch (told)
        {
            case StandardOutputValueProduced printed:
                Send(HostMessageKind.Printed, cell.Number, "stdout", Text(printed));
                break;
            case StandardErrorValueProduced or ErrorProduced:
                Send(HostMessageKind.Printed, cell.Number, "stderr", Text((DisplayEvent)told));
                break;
            case DiagnosticsProduced diagnosed:
                ReportWarnings(cell.Number, diagnosed);
                break;
            case ReturnValueProduced { Value: DisplayedValue }:
                break; // display(x) as last expression: x was shown, and what display returns is nothing to show
            case ReturnValueProduced returned:
                Send(HostMessageKind.Returned, cell.Number, [.. Forms(returned)]);
                break;
            case DisplayedValueProduced or DisplayedValueUpdated:
                Send(HostMessageKind.Displayed, cell.Number, [.. Forms((DisplayEvent)told)]);
                break;
            case CommandFailed { Exception: CodeSubmissionCompilationErrorException { InnerException: CompilationErrorException errors } }:
                Send(HostMessageKind.NotCompiled, cell.Number, [.. errors.Diagnostics
                    .Where(d => d.Severity == Microsoft.CodeAnalysis.DiagnosticSeverity.Error)
                    .OrderBy(d => d.Location.SourceSpan.Start).SelectMany(Texts)]);
                break;
            case CommandFailed failed:
                Send(HostMessageKind.Thrown, cell.Number,
                    [.. ThrownError.Texts(failed.Exception ?? new InvalidOperationException(failed.Message))]);
                break;
        }
    }

    /// <summary>
    /// Warnings as the kernel's Jupyter side prints them; not those on versions of this process's own packages, of which a feed may hold
    /// a later patch than the kernel's.
    /// </summary>
    private void ReportWarnings(int cell, DiagnosticsProduced diagnosed)
    {
        var warnings = diagnosed.Diagnostics
            .Where(d => d.Severity == Microsoft.CodeAnalysis.DiagnosticSeverity.Warning && d.Code is not ("CS1701" or "CS1702"))
            .Select(d => string.Create(CultureInfo.InvariantCulture,
                $"({d.LinePositionSpan.Start.Line + 1},{d.LinePositionSpan.Start.Character + 1}): warning {d.Code}: {d.Message}")).ToList();
        if (warnings.Count > 0)
            Send(HostMessageKind.Printed, cell, "stderr", $"\n{string.Join("\n\n", warnings)}\n\n");
    }

    private static IEnumerable<string> Texts(Microsoft.CodeAnalysis.Diagnostic error)
    {
        var start = error.Location.GetLineSpan().StartLinePosition;
        return [error.Id, (start.Line + 1).ToString(CultureInfo.InvariantCulture),
            (start.Character + 1).ToString(CultureInfo.InvariantCulture), error.GetMessage(CultureInfo.InvariantCulture)];
    }

    /// <summary>The forms that the kernel made, and those that are saved besides: plain text always, a figure as its data.</summary>
    private static IEnumerable<string> Forms(DisplayEvent shown)
    {
        var forms = shown.FormattedValues.ToDictionary(form => form.MimeType, form => form.Value, StringComparer.Ordinal);
        // Text that is in its form already (HTML, DisplayAs) has no other.
        if (forms.ContainsKey(HtmlFormatter.MimeType))
            forms.TryAdd(PlainTextFormatter.MimeType, shown.Value.ToDisplayString(PlainTextFormatter.MimeType));
        if (shown.Value?.GetType().FullName == "Urial.Figure")
            forms.TryAdd(Plotly, shown.Value.ToDisplayString(Plotly));
        return forms.SelectMany(form => new[] { form.Key, form.Value });
    }

    private static Task References(CSharpKernel kernel, IReadOnlyList<ResolvedPackageReference> packages)
    {
        kernel.AddAssemblyReferences(packages.SelectMany(package => package.AssemblyPaths));
        return Task.CompletedTask;
    }

    private static string Text(DisplayEvent printed) =>
        printed.FormattedValues.FirstOrDefault(form => form.MimeType == PlainTextFormatter.MimeType)?.Value ?? printed.Value?.ToString()
            ?? "";

    private void Send(HostMessageKind kind, int cell, params IReadOnlyList<string> texts) =>
        _channel.Send(new HostMessage(kind, cell, texts));

    private sealed class EventObserver(Action<KernelEvent> report) : IObserver<KernelEvent>
    {
        public void OnNext(KernelEvent value) => report(value);

        public void OnCompleted() { }

        public void OnError(Exception error) { }
    }

    private sealed class Listening : IDisposable
    {
        public void Dispose() { }
    }
}
