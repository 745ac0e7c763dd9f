using System.Reflection;
using Microsoft.DotNet.Interactive.Formatting;

namespace Urial;

/// <summary>
/// Has hosts show every public type of an assembly as a short card, alone and in sequences, unless it has a view of its own. The host's
/// default walks through all that a value holds: megabytes for a pair of models.
/// </summary>
internal static class CardFormatters
{
    private static readonly List<Assembly> Assemblies = [];

    /// <summary>Registers the cards of an assembly's types, now and whenever they have been reset.</summary>
    public static void Add(Assembly assembly)
    {
        lock (Assemblies)
            if (!Assemblies.Contains(assembly))
                Assemblies.Add(assembly);
        Register();
    }

    /// <summary>Registers what is not registered.</summary>
    public static void Register()
    {
        lock (Assemblies)
        {
            var known = Formatter.RegisteredFormatters(false).Select(formatter => formatter.Type).ToHashSet();
            foreach (var type in Assemblies.SelectMany(TypesOf).Where(type => !known.Contains(type)))
            {
                var sequence = typeof(IEnumerable<>).MakeGenericType(type);
                foreach (var shown in new[] { type, sequence, typeof(IEnumerable<>).MakeGenericType(sequence) })
                    Register(shown);
            }
        }
    }

    /// <summary>The types of an assembly that are shown as cards.</summary>
    public static IEnumerable<Type> TypesOf(Assembly assembly) => assembly.GetExportedTypes().Where(type =>
        !(type.IsAbstract && type.IsSealed) && !type.IsEnum && !typeof(Delegate).IsAssignableFrom(type) && !type.ContainsGenericParameters
        && !type.IsDefined(typeof(TypeFormatterSourceAttribute)));

    private static void Register(Type type)
    {
        Formatter.Register(type, Html, HtmlFormatter.MimeType);
        Formatter.Register(type, Text, PlainTextFormatter.MimeType);
        Formatter.SetPreferredMimeTypesFor(type, HtmlFormatter.MimeType, PlainTextFormatter.MimeType);
    }

    private static bool Html(object value, FormatContext context)
    {
        var card = Cards.Of(value);
        context.Writer.Write(context.Depth > 1 ? $"<span>{Markup.Html(card.Line)}</span>" : card.Html);
        return true;
    }

    private static bool Text(object value, FormatContext context)
    {
        var card = Cards.Of(value);
        context.Writer.Write(VisibleText.Of(context.Depth > 1 ? card.Line : card.Text));
        return true;
    }
}
