using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace Urial.MicroWorld;

/// <summary>Has the micro-world's types shown as short cards in notebooks.</summary>
internal static class CardsAtLoad
{
    [ModuleInitializer]
    [SuppressMessage("Usage", "CA2255",
        Justification = "A notebook calls no set-up: a value of this world as a last expression has to look right.")]
    internal static void Register() => Formatters.RegisterCards(typeof(CardsAtLoad).Assembly);
}
