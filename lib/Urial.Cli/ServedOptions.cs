using System.CommandLine;

namespace Urial.Cli;

/// <summary>The options of models behind servers.</summary>
internal sealed class ServedOptions
{
    /// <summary>How help shows an option that also takes a server's address.</summary>
    public const string HelpName = "DIR|ID|URL";

    private readonly Option<string> _baseModel = new("--base-model")
    {
        Description = "The base model's name at its server, where that serves several.",
        HelpName = "NAME",
    };

    private readonly Option<string> _alignedModel = new("--aligned-model")
    {
        Description = "The aligned model's name at its server, where that serves several.",
        HelpName = "NAME",
    };

    private readonly Option<string> _tokenizer = new("--tokenizer")
    {
        Description = "The tokenizer of models behind servers, and the aligned one's chat template: a folder or hub id, of which no "
            + "weights are needed. Where it is left out, that of the model that is here.",
        HelpName = ModelArgument.HelpName,
    };

    private readonly Option<int> _topLogprobs = new("--top-logprobs")
    {
        CustomParser = Number.Whole(-1),
        Description = "How many of the most probable tokens a server is asked for at each position; -1: the whole vocabulary (vLLM: "
            + "--max-logprobs -1), which makes every number exact.",
        DefaultValueFactory = _ => 20,
        HelpName = "K",
    };

    private readonly Option<int> _concurrency = new("--concurrency")
    {
        CustomParser = Number.Whole(1),
        Description = "How many requests a server gets at once.",
        DefaultValueFactory = _ => 8,
        HelpName = "N",
    };

    private ServedOptions()
    {
    }

    /// <summary>Adds the options to a command.</summary>
    public static ServedOptions AddTo(Command command)
    {
        var options = new ServedOptions();
        foreach (var option in new Option[]
            { options._baseModel, options._alignedModel, options._tokenizer, options._topLogprobs, options._concurrency })
            command.Options.Add(option);
        return options;
    }

    /// <summary>Where the two sides are: a folder each, and the server of one that has one, whose folder is its tokenizer's.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="base">What <c>--base</c> says.</param>
    /// <param name="aligned">What <c>--aligned</c> says.</param>
    /// <param name="model">Finds the folder of a model.</param>
    /// <param name="tokenizer">Finds the folder of a tokenizer.</param>
    /// <exception cref="UrialException">An option is missing, or has nothing to say.</exception>
    public ((string Folder, ServedModelSettings? Server) Base, (string Folder, ServedModelSettings? Server) Aligned) Sides(
        ParseResult parsed, string @base, string aligned, Func<string, string> model, Func<string, string> tokenizer)
    {
        var (baseServed, alignedServed) = (ServedModelSettings.IsAddress(@base), ServedModelSettings.IsAddress(aligned));
        Useless(parsed, _baseModel, baseServed, "--base");
        Useless(parsed, _alignedModel, alignedServed, "--aligned");
        foreach (var option in new Option[] { _tokenizer, _topLogprobs, _concurrency })
            Useless(parsed, option, baseServed || alignedServed, "--base or --aligned");
        var baseServer = baseServed ? Server(parsed, @base, _baseModel) : null;
        var alignedServer = alignedServed ? Server(parsed, aligned, _alignedModel) : null;
        var named = parsed.GetValue(_tokenizer);
        if (baseServed && alignedServed && named is null)
            throw new UrialException("Both models are behind servers, which have no tokenizer to give: name a folder or hub id with "
                + "--tokenizer DIR|ID (tokenizer.json, tokenizer_config.json and config.json; no weights).");
        var (baseFolder, alignedFolder) = (baseServed ? null : model(@base), alignedServed ? null : model(aligned));
        var words = named is null ? null : tokenizer(named);
        return ((baseFolder ?? words ?? alignedFolder!, baseServer), (alignedFolder ?? words ?? baseFolder!, alignedServer));
    }

    private ServedModelSettings Server(ParseResult parsed, string address, Option<string> name)
    {
        var settings = ServedModelSettings.Of(address) with
        {
            Model = parsed.GetValue(name),
            TopLogprobs = parsed.GetValue(_topLogprobs),
            Concurrency = parsed.GetValue(_concurrency),
        };
        settings.Check();
        return settings;
    }

    private static void Useless(ParseResult parsed, Option option, bool isUseful, string side)
    {
        if (!isUseful && parsed.GetResult(option) is { Implicit: false })
            throw new UrialException($"{option.Name} is for a model behind a server, and {side} names none: leave it out, or give an "
                + "address such as http://localhost:8000/v1.");
    }
}
