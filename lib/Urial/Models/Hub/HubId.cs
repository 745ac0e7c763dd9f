using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;

namespace Urial;

/// <summary>A model on the Hugging Face hub: <c>org/name</c>, with the revision that is wanted.</summary>
public sealed partial record HubId
{
    private const string Main = "main";
    private const int LongestName = 96; // by the rules of the hub

    private HubId(string name, string revision) => (Name, Revision) = (name, revision);

    /// <summary><c>org/name</c>.</summary>
    public string Name { get; }

    /// <summary>A branch, a tag or a commit; <c>main</c> where none was given.</summary>
    public string Revision { get; }

    /// <summary>The repository's folder in the cache.</summary>
    internal string Folder => "models--" + Name.Replace("/", "--", StringComparison.Ordinal);

    /// <summary>Reads <c>org/name</c> or <c>org/name@revision</c>.</summary>
    /// <param name="text">What a reader wrote.</param>
    /// <exception cref="UrialException">It is no such id.</exception>
    public static HubId Parse(string text) => TryParse(text, out var id) ? id : throw new UrialException(
        $"'{text}' is no model of the hub: write org/name or org/name@revision, such as HuggingFaceTB/SmolLM2-135M@main.");

    /// <summary>As <see cref="Parse"/>, without an error.</summary>
    /// <param name="text">What a reader wrote.</param>
    /// <param name="id">The id, if it is one.</param>
    public static bool TryParse(string text, [NotNullWhen(true)] out HubId? id)
    {
        var at = text.IndexOf('@');
        var (name, revision) = at < 0 ? (text, Main) : (text[..at], text[(at + 1)..]);
        var isId = NameForm().IsMatch(name) && name.Length <= LongestName && !name.Contains("--", StringComparison.Ordinal)
            && !name.Contains("..", StringComparison.Ordinal) && SafePath.IsSafe(revision) && !revision.Any(char.IsWhiteSpace);
        id = isId ? new HubId(name, revision) : null;
        return isId;
    }

    /// <summary>The id as it was written: the revision behind it, unless it is <c>main</c>.</summary>
    public override string ToString() => Revision == Main ? Name : $"{Name}@{Revision}";

    [GeneratedRegex(@"^[A-Za-z0-9_](?:[A-Za-z0-9._-]*[A-Za-z0-9_])?/[A-Za-z0-9_](?:[A-Za-z0-9._-]*[A-Za-z0-9_])?\z")]
    private static partial Regex NameForm();
}
