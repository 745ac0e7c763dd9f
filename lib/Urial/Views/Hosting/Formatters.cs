using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Runtime.CompilerServices;
using Microsoft.Data.Analysis;
using Microsoft.DotNet.Interactive.Formatting;

namespace Urial;

/// <summary>
/// What hosts are told about how to show values. <see cref="HtmlView"/> and <see cref="Figure"/> say it themselves, by an attribute; all
/// other public types of the library are shown as short cards, and data frames as tables.
/// </summary>
public static class Formatters
{
    /// <summary>
    /// Makes values of the library's types show as cards, and a <see cref="DataFrame"/> as a table, when they are a cell's last
    /// expression. A formatter that a live kernel already has (its own extension for data frames) stays in place. Runs by itself when
    /// the library loads; needed again only after <see cref="Formatter.ResetToDefault"/>.
    /// </summary>
    public static void Register()
    {
        CardFormatters.Register();
        if (Formatter.RegisteredFormatters(false).Any(known => known.Type == typeof(DataFrame)))
            return;
        Formatter.Register<DataFrame>((frame, writer) => writer.Write(Tables.Of(frame).Html), HtmlFormatter.MimeType);
        Formatter.Register<DataFrame>((frame, writer) => writer.Write(Tables.Of(frame).Text), PlainTextFormatter.MimeType);
        Formatter.SetPreferredMimeTypesFor(typeof(DataFrame), HtmlFormatter.MimeType, PlainTextFormatter.MimeType);
    }

    /// <summary>Has the public types of another assembly of this project shown as cards too.</summary>
    /// <param name="assembly">The assembly.</param>
    public static void RegisterCards(Assembly assembly) => CardFormatters.Add(assembly);

    [ModuleInitializer]
    [SuppressMessage("Usage", "CA2255", Justification = "A notebook calls no set-up: a data frame as a last expression has to look right.")]
    internal static void RegisterAtLoad()
    {
        RegisterCards(typeof(Formatters).Assembly);
        Register();
    }
}
