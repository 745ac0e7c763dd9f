using Urial.MicroWorld;

namespace Urial.Explore;

/// <summary>How the base model reads a question, by name: what the page's switch says.</summary>
/// <param name="Name">zero-shot, vanilla-icl, urial, or chat (the aligned model's template).</param>
/// <param name="Examples">K, of the styles that show examples.</param>
internal sealed record BaseStyle(string Name, int? Examples)
{
    /// <summary>The choices: a name, what the page calls it, and the numbers of examples that it can show.</summary>
    public static IReadOnlyList<(string Name, string Label, int[] Examples)> All { get; } =
    [
        ("zero-shot", "zero-shot: the bare question", []),
        ("vanilla-icl", "vanilla in-context learning", [1, 3, 8]),
        ("urial", "URIAL", [1, 3, 8]),
        ("chat", "the aligned model's chat template", []),
    ];

    /// <summary>The style for a pair.</summary>
    /// <exception cref="UrialException">There is none of that name or number.</exception>
    public IPromptStyle For(OpenPair pair)
    {
        var known = All.FirstOrDefault(style => style.Name == Name);
        if (known.Name is null)
            throw new UrialException($"There is no prompt style \"{Name}\" here: choose "
                + $"{string.Join(", ", All.Select(style => style.Name))}.");
        if (known.Examples.Length > 0 ? Examples is not { } k || !known.Examples.Contains(k) : Examples is not null)
            throw new UrialException(known.Examples.Length > 0
                ? $"The style {Name} shows {string.Join(", ", known.Examples)} examples here: choose one of these."
                : $"The style {Name} shows no examples: leave their number out.");
        var micro = pair.Source.IsEmbedded ? "micro-" : "";
        return Name switch
        {
            "vanilla-icl" => new VanillaIcl([.. PromptStyles.OwnPool($"{micro}plain").Take(Examples!.Value)], $"the first of {micro}plain"),
            "urial" => PromptStyles.Own(FormattableString.Invariant($"{micro}urial-{Examples}")),
            "chat" => new ChatStyle(pair.Models.Aligned),
            _ => new ZeroShotStyle(),
        };
    }

    /// <summary>The same in C#, with <c>aligned</c> as the name of the aligned model.</summary>
    public string Code(bool isEmbedded)
    {
        var micro = isEmbedded ? "micro-" : "";
        return Name switch
        {
            "vanilla-icl" => FormattableString.Invariant($"new VanillaIcl([.. PromptStyles.OwnPool(\"{micro}plain\").Take({Examples})])"),
            "urial" => FormattableString.Invariant($"PromptStyles.Own(\"{micro}urial-{Examples}\")"),
            "chat" => "new ChatStyle(live.Aligned)",
            _ => "new ZeroShotStyle()",
        };
    }

    /// <summary>Questions to try, each set with its name.</summary>
    public static IEnumerable<(string Name, IEnumerable<(string Kind, string Text)> Questions)> Questions(bool isEmbedded)
    {
        if (isEmbedded)
        {
            yield return ("held out, first set", Of(QueryFile.HeldOutPath));
            yield return ("held out, second set", Of(QueryFile.FreshPath));
            yield break;
        }
        yield return ("for a pair of your own", Plain(ShiftQueries.OwnPairPath));
        yield return ("general questions", Plain(Repository.Path("data", "queries", "general.jsonl")));

        static IEnumerable<(string, string)> Of(string file) =>
            QueryFile.Read(file).Select(query => (query.Query.Kind.Name(), query.Query.Text));

        static IEnumerable<(string, string)> Plain(string file) =>
            ShiftQueries.ReadAll(file).Select(query => (query.Kind ?? "", query.Query));
    }
}
