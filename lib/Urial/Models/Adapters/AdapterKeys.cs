using System.Text.RegularExpressions;

namespace Urial;

/// <summary>
/// The names of tensors in an adapter's file: <c>base_model.model.</c>, the module's name in the base as that was loaded in training, and
/// <c>.lora_A.weight</c> or <c>.lora_B.weight</c>; early versions of PEFT left the adapter's own name in between (<c>default</c>).
/// </summary>
internal static partial class AdapterKeys
{
    private const string Start = "base_model.model.";

    /// <summary>The name of a module's matrix.</summary>
    /// <param name="module">The module.</param>
    /// <param name="part">A or B.</param>
    public static string Of(string module, char part) => $"{Start}{module}.lora_{part}.weight";

    /// <summary>The module and the matrix (A or B) that a name means; null where it means neither.</summary>
    public static (string Module, char Part)? Parse(string name) =>
        Form().Match(name) is { Success: true } found ? (found.Groups["module"].Value, found.Groups["part"].Value[0]) : null;

    /// <summary>A name without what PEFT puts before it.</summary>
    public static string Plain(string name) => name.StartsWith(Start, StringComparison.Ordinal) ? name[Start.Length..] : name;

    /// <summary>
    /// The name that the weights of a module have here; null where the base has no such module. The base may have been loaded in training
    /// as a part of a larger model, or without its head.
    /// </summary>
    public static string? Weight(string module, DecoderConfig config, IReadOnlyDictionary<string, long[]> shapes)
    {
        var stored = module + ".weight";
        return new[]
        {
            DecoderLayout.Known(stored, config, isBare: false),
            DecoderLayout.Known(stored, config, isBare: true),
            DecoderLayout.Known(config.Family.Names.Model + stored, config, isBare: false),
        }.FirstOrDefault(name => name is not null && shapes.ContainsKey(name));
    }

    /// <summary>A weight's module.</summary>
    public static string Module(string weight) => weight[..^".weight".Length];

    [GeneratedRegex(@"\A(?:base_model\.model\.)?(?<module>.+)\.lora_(?<part>[AB])(?:\.[^.]+)?\.weight\z")]
    private static partial Regex Form();
}
