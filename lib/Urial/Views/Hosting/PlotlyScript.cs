using Plotly.NET;

namespace Urial;

/// <summary>plotly.js as Plotly.NET carries it inside its assembly: nothing is ever fetched.</summary>
public static class PlotlyScript
{
    private static readonly Lazy<string> Resource = new(Read);
    private static readonly Lazy<string> Turning = new(ReadDark);

    /// <summary>The minified source, 3.6 MB; it holds no closing script tag, so it may stand inside one.</summary>
    /// <exception cref="UrialException">This version of Plotly.NET carries no plotly.js.</exception>
    public static string Source => Resource.Value;

    /// <summary>
    /// A script that gives the page <c>urialDark(figure)</c>: it turns the colours of a figure around, each hue at the other end of its
    /// scale of lightness, so that what stood out on white stands out on black.
    /// </summary>
    public static string Dark => Turning.Value;

    private static string ReadDark()
    {
        using var reader = new StreamReader(typeof(PlotlyScript).Assembly.GetManifestResourceStream("dark-chart.js")!);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }

    private static string Read()
    {
        var assembly = typeof(GenericChart).Assembly;
        var name = assembly.GetManifestResourceNames()
            .FirstOrDefault(name => name.Contains(".plotly-", StringComparison.Ordinal)
                && name.EndsWith(".min.js", StringComparison.Ordinal))
            ?? throw new UrialException(
                $"{assembly.GetName().Name} {assembly.GetName().Version} carries no plotly.js: restore the version that "
                    + "Directory.Packages.props names.");
        using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
        var source = reader.ReadToEnd();
        return source.Contains("</script", StringComparison.OrdinalIgnoreCase)
            ? throw new UrialException($"{name} holds a closing script tag and cannot be inlined.")
            : source;
    }
}
