using Plotly.NET;

namespace Urial;

/// <summary>plotly.js as Plotly.NET carries it inside its assembly: nothing is ever fetched.</summary>
public static class PlotlyScript
{
    private static readonly Lazy<string> Resource = new(Read);

    /// <summary>The minified source, 3.6 MB; it holds no closing script tag, so it may stand inside one.</summary>
    /// <exception cref="UrialException">This version of Plotly.NET carries no plotly.js.</exception>
    public static string Source => Resource.Value;

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
