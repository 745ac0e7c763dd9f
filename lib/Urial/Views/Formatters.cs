using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using Microsoft.Data.Analysis;
using Microsoft.DotNet.Interactive.Formatting;

namespace Urial;

/// <summary>
/// Formatters for types that are not ours and cannot carry an attribute. Ours (<see cref="HtmlView"/>,
/// <see cref="Figure"/>) need no registration.
/// </summary>
public static class Formatters
{
    /// <summary>
    /// Makes a <see cref="DataFrame"/> show as a table when it is a cell's last expression. A formatter that a live
    /// kernel already has (its own extension for data frames) stays in place. Runs by itself when the library loads;
    /// needed again only after <see cref="Formatter.ResetToDefault"/>.
    /// </summary>
    public static void Register()
    {
        if (Formatter.RegisteredFormatters(false).Any(known => known.Type == typeof(DataFrame)))
            return;
        Formatter.Register<DataFrame>((frame, writer) => writer.Write(Tables.Of(frame).Html), HtmlFormatter.MimeType);
        Formatter.Register<DataFrame>((frame, writer) => writer.Write(Tables.Of(frame).Text), PlainTextFormatter.MimeType);
        Formatter.SetPreferredMimeTypesFor(typeof(DataFrame), HtmlFormatter.MimeType, PlainTextFormatter.MimeType);
    }

    [ModuleInitializer]
    [SuppressMessage("Usage", "CA2255", Justification = "A notebook calls no set-up: a data frame as a last expression has to look right.")]
    internal static void RegisterAtLoad() => Register();
}
