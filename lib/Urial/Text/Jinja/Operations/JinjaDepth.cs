using System.Runtime.CompilerServices;

namespace Urial;

/// <summary>Guards the stack: a template that nests without end is an error of the template, and must not end the process.</summary>
internal static class JinjaDepth
{
    /// <summary>Whether there is room for some calls more.</summary>
    /// <exception cref="JinjaFault">There is none.</exception>
    public static void Check()
    {
        if (!RuntimeHelpers.TryEnsureSufficientExecutionStack())
            throw new JinjaFault("it is nested too deeply (a macro that calls itself without end?)");
    }
}
