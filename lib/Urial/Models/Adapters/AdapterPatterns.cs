using System.Collections.Concurrent;
using System.Text.RegularExpressions;

namespace Urial;

/// <summary>Regular expressions out of an adapter's configuration: a stranger's text, which must neither hang nor crash.</summary>
internal static class AdapterPatterns
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);
    private static readonly ConcurrentDictionary<string, Regex> Known = new(StringComparer.Ordinal);

    /// <summary>Matches a name.</summary>
    /// <exception cref="UrialException">The expression cannot be read, or takes too long.</exception>
    public static Match Match(string pattern, string name)
    {
        try
        {
            return Known.GetOrAdd(pattern, text => new Regex(text, RegexOptions.CultureInvariant, Patience)).Match(name);
        }
        catch (Exception problem) when (problem is ArgumentException or RegexMatchTimeoutException)
        {
            throw new UrialException($"The adapter's {AdapterConfig.FileName} names modules by the regular expression {pattern}, which "
                + $"cannot be followed ({problem.Message.TrimEnd('.')}). List the modules' names in target_modules instead.", problem);
        }
    }
}
