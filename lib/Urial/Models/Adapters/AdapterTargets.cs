namespace Urial;

/// <summary>Which matrices of a base an adapter's configuration asks for, by the rules of PEFT.</summary>
internal sealed class AdapterTargets
{
    private readonly AdapterConfig _adapter;
    private readonly DecoderConfig _config;
    private readonly string _path; // of the configuration
    private readonly Dictionary<string, string> _modules; // weight → the module's name as it was in training
    private readonly string _start; // what these begin with where the family's own begin with Names.Model

    /// <summary>Targets.</summary>
    /// <param name="adapter">What is asked for.</param>
    /// <param name="config">The base.</param>
    /// <param name="path">The file that asks, for messages.</param>
    /// <param name="held">The modules that the adapter's file holds, by the weights that they are.</param>
    public AdapterTargets(AdapterConfig adapter, DecoderConfig config, string path, IReadOnlyDictionary<string, string> held)
    {
        (_adapter, _config, _path) = (adapter, config, path);
        var own = config.Family.Names.Model;
        var first = held.FirstOrDefault(entry => entry.Key.StartsWith(own, StringComparison.Ordinal));
        _start = first.Key is null ? own : first.Value[..^(AdapterKeys.Module(first.Key).Length - own.Length)];
        _modules = DecoderLayout.Shapes(config).Where(entry => entry.Value.Length == 2).Select(entry => entry.Key)
            .ToDictionary(name => name, name => held.GetValueOrDefault(name) ?? Module(name), StringComparer.Ordinal);
    }

    /// <summary>The weights that are asked for.</summary>
    /// <param name="passed">Modules in the adapter's file that read no text.</param>
    /// <exception cref="UrialException">A target is unknown, or cannot be changed.</exception>
    public IReadOnlyList<string> Find(IReadOnlyList<string> passed)
    {
        var names = _config.Family.Names;
        var head = names.Head + ".weight";
        string?[] lookups = [DecoderLayout.Embedding(_config), names.Positions is null ? null : $"{names.Model}{names.Positions}.weight"];
        var all = _adapter.TargetPattern == AdapterConfig.AllLinear;
        if (!all && lookups.OfType<string>().FirstOrDefault(name => _adapter.Targets(_modules[name])) is { } embedding)
            throw new UrialException($"'{_path}': the adapter changes the embedding '{_modules[embedding]}', which is not supported. "
                + LowRankAdapter.MergeThere);
        if (!all && _config.TiedHead && (_adapter.Targets(names.Head) || _adapter.Targets(_start + names.Head)))
            throw new UrialException($"'{_path}': the adapter changes the head '{names.Head}', which in this base is the embedding too "
                + $"(tie_word_embeddings), so that both would change. {LowRankAdapter.MergeThere}");
        string[] matrices = [.. _modules.Keys.Where(name => !lookups.Contains(name))];
        var unknown = _adapter.TargetModules.FirstOrDefault(target =>
            !matrices.Any(name => AdapterConfig.IsNamed(_modules[name], target))
            && !passed.Any(module => AdapterConfig.IsNamed(module, target)));
        string[] found = [.. matrices.Where(name => _adapter.Targets(_modules[name]) && !(all && name == head))];
        if (unknown is not null || found.Length == 0)
            throw new UrialException($"'{_path}': target_modules names '{unknown ?? _adapter.TargetPattern
                ?? string.Join("', '", _adapter.TargetModules)}', and the base, a {_config.ModelType} model of {_config.Layers} layers, "
                + $"has no such matrix. It has {string.Join(", ", matrices.Select(Last).Distinct())}. Name the base that the adapter was "
                + $"trained on{Named()}.");
        return found;
    }

    /// <summary>A module's name as it was in training.</summary>
    public string Stored(string weight) => _modules[weight];

    /// <summary>The base that the configuration names, for the end of a sentence.</summary>
    public string Named() => _adapter.Base is { } name ? $" ({name})" : "";

    private string Module(string weight)
    {
        var (module, own) = (AdapterKeys.Module(weight), _config.Family.Names.Model);
        return module.StartsWith(own, StringComparison.Ordinal) ? _start + module[own.Length..] : module;
    }

    private static string Last(string weight) => AdapterKeys.Module(weight).Split('.')[^1];
}
