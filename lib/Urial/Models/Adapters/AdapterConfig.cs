namespace Urial;

/// <summary>
/// What an <c>adapter_config.json</c> says of a LoRA adapter, in the words of Python's PEFT
/// (https://huggingface.co/docs/peft/package_reference/lora): which matrices it changes, by how much, and of which base model.
/// </summary>
public sealed record AdapterConfig
{
    /// <summary>The file's name.</summary>
    public const string FileName = "adapter_config.json";

    /// <summary>The word for <see cref="TargetPattern"/> that means every matrix but the embedding and the head.</summary>
    public const string AllLinear = "all-linear";

    /// <summary><c>r</c>: rows of A and columns of B, where <see cref="RankPattern"/> says nothing else.</summary>
    public required int Rank { get; init; }

    /// <summary><c>lora_alpha</c>, where <see cref="AlphaPattern"/> says nothing else: what B·A is multiplied by is made of it.</summary>
    public required double Alpha { get; init; }

    /// <summary><c>target_modules</c> as a list: whole names of modules, or what they end with behind a dot.</summary>
    public IReadOnlyList<string> TargetModules { get; init; } = [];

    /// <summary>
    /// <c>target_modules</c> as one text: a regular expression for whole names, or <see cref="AllLinear"/>; null where it is a list.
    /// </summary>
    public string? TargetPattern { get; init; }

    /// <summary><c>exclude_modules</c>: targets that stay as they are, named as in <see cref="TargetModules"/>.</summary>
    public IReadOnlyList<string> ExcludedModules { get; init; } = [];

    /// <summary><c>exclude_modules</c> as one regular expression; null where it is a list or is not given.</summary>
    public string? ExcludedPattern { get; init; }

    /// <summary><c>layers_to_transform</c>: the only layers that are changed; empty where all are.</summary>
    public IReadOnlyList<int> Layers { get; init; } = [];

    /// <summary><c>layers_pattern</c>: what stands before a layer's number in names; empty where anything may.</summary>
    public IReadOnlyList<string> LayersPattern { get; init; } = [];

    /// <summary><c>rank_pattern</c>: ranks of some modules, by regular expressions for the ends of their names; the first counts.</summary>
    public IReadOnlyList<KeyValuePair<string, int>> RankPattern { get; init; } = [];

    /// <summary><c>alpha_pattern</c>: alphas of some modules, in the same way.</summary>
    public IReadOnlyList<KeyValuePair<string, double>> AlphaPattern { get; init; } = [];

    /// <summary><c>use_rslora</c>: whether alpha is divided by √r and not by r (Kalajdzievski, arXiv 2312.03732).</summary>
    public bool RankStabilised { get; init; }

    /// <summary>
    /// <c>fan_in_fan_out</c>: whether the base stores matrices [in, out], as GPT-2 does. What the base's family does decides, as in PEFT.
    /// </summary>
    public bool FanInFanOut { get; init; }

    /// <summary><c>lora_dropout</c>: used in training alone.</summary>
    public double Dropout { get; init; }

    /// <summary><c>base_model_name_or_path</c>: the base's folder, or its id on the hub; null where the file names none.</summary>
    public string? Base { get; init; }

    /// <summary><c>revision</c>: of the base, where that is an id; null where none is named.</summary>
    public string? Revision { get; init; }

    /// <summary><c>task_type</c>; null where the file names none.</summary>
    public string? TaskType { get; init; } = "CAUSAL_LM";

    /// <summary>The class of the base in transformers, where <c>auto_mapping</c> names it.</summary>
    public string? BaseClass { get; init; }

    /// <summary>Reads the file of an adapter's folder.</summary>
    /// <param name="directory">The folder.</param>
    /// <exception cref="UrialException">It is missing or damaged, or asks for what is not supported; the message names it.</exception>
    public static AdapterConfig Load(string directory) => AdapterConfigReader.Load(Path.Combine(directory, FileName));

    /// <summary>An <c>adapter_config.json</c> that PEFT loads unchanged.</summary>
    public string ToJson() => AdapterConfigWriter.Text(this);

    /// <summary>The rank of a module's matrices.</summary>
    /// <param name="module">Its name in the base model, such as <c>model.layers.0.self_attn.q_proj</c>.</param>
    public int RankOf(string module) => Of(RankPattern, module, Rank);

    /// <summary>What a module's B·A is multiplied by: alpha / r, or alpha / √r.</summary>
    /// <param name="module">Its name in the base model.</param>
    public double ScaleOf(string module) =>
        Of(AlphaPattern, module, Alpha) / (RankStabilised ? Math.Sqrt(RankOf(module)) : RankOf(module));

    /// <summary>Whether a module of this name is changed, if it is a matrix.</summary>
    /// <param name="module">Its name in the base model.</param>
    internal bool Targets(string module) =>
        !(ExcludedPattern is not null ? IsWhole(ExcludedPattern, module) : ExcludedModules.Any(name => IsNamed(module, name)))
        && (TargetPattern == AllLinear || (TargetPattern is not null ? IsWhole(TargetPattern, module)
            : TargetModules.Contains(module) || (TargetModules.Any(name => IsNamed(module, name)) && IsInLayers(module))));

    /// <summary>Whether an entry of a list of names means a module.</summary>
    internal static bool IsNamed(string module, string name) => module == name || module.EndsWith("." + name, StringComparison.Ordinal);

    // PEFT takes the layer's number from behind the last word that a number follows, or behind a given word.
    private bool IsInLayers(string module)
    {
        if (Layers.Count == 0)
            return true;
        var form = LayersPattern.Count == 0 ? @"[^.]*" : $"(?:{string.Join('|', LayersPattern)})";
        var found = AdapterPatterns.Match($@"\A.*\.{form}\.([0-9]+)\.", module);
        return found.Success && int.TryParse(found.Groups[^1].Value, out var layer) && Layers.Contains(layer);
    }

    private static bool IsWhole(string pattern, string module) => AdapterPatterns.Match($@"\A(?:{pattern})\z", module).Success;

    private static T Of<T>(IReadOnlyList<KeyValuePair<string, T>> pattern, string module, T otherwise)
    {
        foreach (var (key, value) in pattern)
            if (AdapterPatterns.Match($@"\A(?:.*\.)?(?:{key})\z", module).Success)
                return value;
        return otherwise;
    }
}
