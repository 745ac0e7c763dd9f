namespace Urial;

/// <summary>Prompt styles by name, as <c>--prompt-style</c> takes them.</summary>
public static class PromptStyles
{
    /// <summary>Examples shown where no number is asked for: the paper's K.</summary>
    public const int DefaultExamples = 3;

    /// <summary>What an option takes, in words.</summary>
    public const string Words = "chat (the model's own template), zero-shot, vanilla-icl, retrieval-icl, urial, or a prompt file";

    private const string Names = "chat, zero-shot, vanilla-icl, retrieval-icl, urial";

    /// <summary>A style.</summary>
    /// <param name="nameOrFile">
    /// <c>chat</c>, <c>zero-shot</c>, <c>vanilla-icl</c>, <c>retrieval-icl</c>, <c>urial</c>, the path of a prompt file, or the name of one
    /// in data/prompts (<c>micro-urial-3</c>). <c>vanilla-icl:FILE.jsonl</c> and <c>retrieval-icl:FILE.jsonl</c> take their examples from
    /// that pool.
    /// </param>
    /// <param name="examples">K; 3 where null, and all of a prompt file's.</param>
    /// <param name="model">
    /// The model that <c>chat</c> takes the template of and that <c>retrieval-icl</c> embeds with (BM25 without one, or where it is behind
    /// a server); it must outlive the style.
    /// </param>
    /// <param name="form">
    /// How the query is written behind the examples of a prompt file that leaves a choice; other styles have one form.
    /// </param>
    /// <exception cref="UrialException">
    /// There is no such style or file, the file is no prompt, it has fewer examples, or the style needs a model with a template.
    /// </exception>
    public static IPromptStyle Of(
        string nameOrFile, int? examples = null, IPromptedModel? model = null, QueryForm form = QueryForm.Paper)
    {
        if (examples < 0)
            throw new UrialException($"{examples} examples cannot be shown: ask for 0 or more.");
        var (name, pool) = nameOrFile.Split(':', 2) is [("vanilla-icl" or "retrieval-icl") and var icl, { Length: > 0 } path] ? (icl, path)
            : (nameOrFile, null);
        return name switch
        {
            "chat" => NoExamples(name, examples, new ChatStyle(
                model ?? throw new UrialException("The style chat is a model's own template: name the model (--model DIR)."))),
            "zero-shot" => NoExamples(name, examples, new ZeroShotStyle()),
            "vanilla-icl" => Vanilla(Pool(pool), examples ?? DefaultExamples),
            "retrieval-icl" => Retrieval(Pool(pool), examples ?? DefaultExamples, model as LanguageModel),
            "urial" => Own("urial-8").First(examples ?? DefaultExamples),
            _ => PromptFile(nameOrFile).WithQueryForm(form) is var prompt && examples is { } count ? prompt.First(count) : prompt,
        };
    }

    /// <summary>A prompt of this project, from data/prompts.</summary>
    /// <param name="name">The file's name without its ending: <c>urial-3</c>, <c>micro-urial-8</c>.</param>
    /// <exception cref="UrialException">There is none of that name.</exception>
    public static UrialPrompt Own(string name) => UrialPrompt.Read(Repository.Path("data", "prompts", name + ".txt"));

    /// <summary>A pool of this project, from data/prompts.</summary>
    /// <param name="name">The file's name without its ending: <c>plain</c>, <c>micro-plain</c>, <c>micro-pool</c>.</param>
    /// <exception cref="UrialException">There is none of that name.</exception>
    public static IReadOnlyList<PromptExample> OwnPool(string name) =>
        ExamplePool.Read(Repository.Path("data", "prompts", name + ".jsonl"));

    private static UrialPrompt PromptFile(string path)
    {
        if (File.Exists(path))
            return UrialPrompt.Read(path);
        var plain = path.Length > 0 && path.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '.');
        return plain && File.Exists(Repository.Path("data", "prompts", path + ".txt"))
            ? Own(path)
            : throw new UrialException(
                $"There is no prompt style and no prompt file \"{path}\". Styles are {Names}; a file's path may be given instead.");
    }

    private static IPromptStyle NoExamples(string name, int? examples, IPromptStyle style) => examples is null or 0 ? style
        : throw new UrialException($"The style {name} shows no examples, and {examples} are asked for: leave the number out, or choose "
            + "vanilla-icl, retrieval-icl or urial.");

    private static VanillaIcl Vanilla((IReadOnlyList<PromptExample> Examples, string Source) pool, int count) =>
        count <= pool.Examples.Count
        ? new VanillaIcl([.. pool.Examples.Take(count)], $"the first of {pool.Source}")
        : throw new UrialException($"Vanilla ICL cannot show {count} examples: {pool.Source} holds {pool.Examples.Count}.");

    private static RetrievalIcl Retrieval((IReadOnlyList<PromptExample> Examples, string Source) pool, int count, LanguageModel? model) =>
        new(model is null ? new Bm25Index(pool.Examples) : new EmbeddingIndex(model, pool.Examples), count, pool.Source);

    private static (IReadOnlyList<PromptExample> Examples, string Source) Pool(string? path) =>
        path is null ? (OwnPool("plain"), "plain.jsonl") : (ExamplePool.Read(path), Path.GetFileName(path));
}
