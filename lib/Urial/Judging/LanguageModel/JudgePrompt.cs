using System.Text;
using System.Text.RegularExpressions;

namespace Urial;

/// <summary>A judge prompt with <c>{{places}}</c> to fill, read from <c>data/prompts</c> or the reader's own file.</summary>
public sealed partial class JudgePrompt
{
    private readonly string[] _places;

    /// <summary>A prompt.</summary>
    /// <param name="name">What errors call it: its file.</param>
    /// <param name="template">Its text.</param>
    /// <param name="places">The places it must have, each at least once.</param>
    /// <exception cref="UrialException">A place is missing or unknown.</exception>
    public JudgePrompt(string name, string template, params string[] places)
    {
        var found = Place().Matches(template).Select(match => match.Groups[1].Value).ToHashSet();
        if (!found.SetEquals(places))
            throw new UrialException($"{name} must have the places {string.Join(", ", places.Select(place => $"{{{{{place}}}}}"))}, and "
                + $"no others; it has {(found.Count == 0 ? "none" : string.Join(", ", found.Select(place => $"{{{{{place}}}}}")))}.");
        (Name, Template, _places) = (name, template, places);
    }

    /// <summary>The file's name.</summary>
    public string Name { get; }

    /// <summary>The text with its places.</summary>
    public string Template { get; }

    /// <summary>SHA-256 of the text with its places.</summary>
    public string Sha256 => ContentHash.Of(Template);

    /// <summary>Reads a prompt.</summary>
    /// <exception cref="UrialException">The file cannot be read, or a place is missing or unknown.</exception>
    public static JudgePrompt Load(string file, params string[] places)
    {
        return new JudgePrompt(Path.GetFileName(file), InputFile.Text(file, "judge prompt").ReplaceLineEndings("\n"), places);
    }

    /// <summary>The text with every place filled. What is filled in is not searched for places again.</summary>
    /// <param name="values">One text for each place, in the order in which the constructor named them.</param>
    /// <exception cref="ArgumentException">There are more or fewer texts than places.</exception>
    public string Fill(params string[] values)
    {
        if (values.Length != _places.Length)
            throw new ArgumentException($"{Name} has {_places.Length} places, not {values.Length}.", nameof(values));
        return Place().Replace(Template, match => values[Array.IndexOf(_places, match.Groups[1].Value)]);
    }

    [GeneratedRegex(@"\{\{([a-z]+)\}\}")]
    private static partial Regex Place();
}
