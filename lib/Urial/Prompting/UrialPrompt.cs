
namespace Urial;

/// <summary>
/// URIAL's constant prompt: a system text and K examples in the style that answers should have (paper, section 3). Read from a file,
/// whose text it keeps byte for byte; its variants are the ablations.
/// </summary>
public sealed class UrialPrompt : IPromptStyle
{
    private readonly string _origin;
    private readonly InstructionBlock? _instruction;
    private readonly IReadOnlyList<ExampleBlock> _blocks;
    private readonly IReadOnlyList<string> _gaps; // behind each example of the file

    internal UrialPrompt(
        string name, string origin, PromptLayout layout, InstructionBlock? instruction, IReadOnlyList<ExampleBlock> blocks,
        IReadOnlyList<string> gaps,
        QueryForm form = QueryForm.Paper)
    {
        QueryForm = form;
        (Name, _origin, Layout, _instruction, _blocks, _gaps) = (name, origin, layout, instruction, blocks, gaps);
        Examples = [.. blocks.Select(block => new PromptExample(block.Query, block.Answer))];
        Text = Constant().Text;
        Sha256 = ContentHash.Of(Text);
    }

    /// <summary>The file's name without its ending.</summary>
    public string Name { get; }

    /// <summary>How the examples are written, and what stands behind them.</summary>
    public PromptLayout Layout { get; }

    /// <summary>How the query is written behind them where the layout leaves a choice.</summary>
    public QueryForm QueryForm { get; }

    /// <summary>The system text; null where there is none.</summary>
    public string? System => _instruction is { Text.Length: > 0 } section ? section.Text : null;

    /// <summary>The examples in the prompt's order.</summary>
    public IReadOnlyList<PromptExample> Examples { get; }

    /// <summary>What stands before every query: of an unchanged file its whole text, line breaks as LF.</summary>
    public string Text { get; }

    /// <summary>SHA-256 of <see cref="Text"/> in UTF-8, in lower-case hexadecimal.</summary>
    public string Sha256 { get; }

    /// <summary>A prompt of this project's own making, in one of the layouts.</summary>
    public UrialPrompt(string name, PromptLayout layout, string? system, IEnumerable<PromptExample> examples)
        : this(name, "made in code", layout, system is null ? null : InstructionBlock.Of(system, layout),
            [.. examples.Select(example => ExampleBlock.Of(example, layout))], [])
    {
    }

    /// <summary>Reads a prompt file in one of the published layouts.</summary>
    /// <exception cref="UrialException">It cannot be read or is no prompt; the message names file and line.</exception>
    public static UrialPrompt Read(string path) => new PromptFileReader(PromptFileReader.Load(path), path).Read();

    /// <summary>A prompt from the text of a prompt file.</summary>
    /// <param name="text">The file's content.</param>
    /// <param name="file">
    /// The file's name, for messages; it also decides between the layouts of files named inst_help_v5 and inst_help_v6, as the published
    /// code does.
    /// </param>
    /// <exception cref="UrialException">It is no prompt; the message names file and line.</exception>
    public static UrialPrompt Parse(string text, string file) => new PromptFileReader(PromptFileReader.Lines(text), file).Read();

    /// <inheritdoc/>
    public PromptText Prompt(IReadOnlyList<ChatMessage> conversation)
    {
        var turns = Conversation.Of(conversation);
        if (turns.System is not null && System is not null)
            throw new UrialException(
                $"The conversation brings a system message, and the prompt {Name} has its own instruction section. Leave the message "
                    + "out, or use WithSystem or WithoutSystem.");
        var layout = Layout.For(QueryForm, turns);
        var prompt = Constant(turns.System);
        prompt.Turns(turns, layout);
        return prompt.Build(
            layout.Stop,
            $"{Name}: K = {_blocks.Count}, {Layout}{(layout == Layout ? "" : $", turns {layout}")}, {_origin}, sha256 {Sha256}",
            layout.Closing);
    }

    /// <summary>The same examples, with the query written behind them in another form.</summary>
    public UrialPrompt WithQueryForm(QueryForm form) => new(Name, _origin, Layout, _instruction, _blocks, _gaps, form);

    /// <summary>The same without its instruction section.</summary>
    public UrialPrompt WithoutSystem() => new(Name, _origin + ", without system text", Layout, null, _blocks, _gaps, QueryForm);

    /// <summary>The same with another system text.</summary>
    public UrialPrompt WithSystem(string text) => new(
        Name, _origin + ", another system text", Layout,
        System is null ? InstructionBlock.Of(text, Layout) : _instruction! with { Text = text }, _blocks, _gaps, QueryForm);

    /// <summary>The same with other examples. One that it has already, by its query, keeps its frame.</summary>
    public UrialPrompt WithExamples(IEnumerable<PromptExample> examples) => With(examples.Select(example =>
        _blocks.FirstOrDefault(block => block.Query == example.Query) is { } known ? known with { Answer = example.Answer }
            : ExampleBlock.Of(example, Layout)), "other examples");

    /// <summary>The same examples in another order.</summary>
    /// <param name="numbers">Each example's number, from 1, in the new order.</param>
    /// <exception cref="UrialException">A number is missing, unknown or there twice.</exception>
    public UrialPrompt WithOrder(params IReadOnlyList<int> numbers) => numbers.Order().SequenceEqual(Enumerable.Range(1, _blocks.Count))
        ? With(numbers.Select(number => _blocks[number - 1]), $"in the order {string.Join(", ", numbers)}")
        : throw new UrialException(
            $"The order {string.Join(", ", numbers)} does not name each of the examples 1 to {_blocks.Count} of {Name} once.");

    /// <summary>The first examples only.</summary>
    /// <exception cref="UrialException">There are fewer.</exception>
    public UrialPrompt First(int count) => count >= 0 && count <= _blocks.Count
        ? count == _blocks.Count ? this : With(_blocks.Take(count), $"the first {count} of {_blocks.Count} examples")
        : throw new UrialException($"The prompt {Name} has {_blocks.Count} examples, and {count} are asked for. Ask for 0 "
            + $"to {_blocks.Count}, or choose another prompt file.");

    /// <summary>The same without one of its examples, the refusing one say.</summary>
    /// <param name="number">Its number, from 1.</param>
    /// <exception cref="UrialException">There is no such example.</exception>
    public UrialPrompt Without(int number) => number >= 1 && number <= _blocks.Count
        ? With(_blocks.Where((_, place) => place != number - 1), $"without example {number}")
        : throw new UrialException($"The prompt {Name} has no example {number}: it has {_blocks.Count}.");

    /// <summary>The same queries with the answers that another list gives them: plain ones, to take the restyling away.</summary>
    /// <exception cref="UrialException">A query has no answer there.</exception>
    public UrialPrompt WithAnswersOf(IEnumerable<PromptExample> others)
    {
        var answers = others.GroupBy(other => other.Query)
            .ToDictionary(group => group.Key, group => group.First().Answer, StringComparer.Ordinal);
        return With(_blocks.Select((block, place) => answers.TryGetValue(block.Query, out var answer)
            ? block with { Answer = answer }
            : throw new UrialException($"No other answer is given for example {place + 1} of {Name}: \"{block.Query}\".")),
            "other answers");
    }

    private UrialPrompt With(IEnumerable<ExampleBlock> others, string change) =>
        new(Name, $"{_origin}, {change}", Layout, _instruction, [.. others], _gaps, QueryForm);

    private PromptBuilder Constant(string? system = null)
    {
        var prompt = new PromptBuilder();
        if (_instruction is { } section && (System is not null || system is null))
        {
            prompt.Frame(section.Before);
            prompt.Add(PromptPartKind.System, section.Text);
            // A first turn brings the layout's lead itself.
            prompt.Frame(_blocks.Count == 0 && section.After.EndsWith(Layout.Lead, StringComparison.Ordinal)
                ? section.After[..^Layout.Lead.Length] : section.After);
        }
        else if (system is not null)
        {
            prompt.System(system);
            prompt.Frame(_blocks.Count == 0 ? "" : Layout.Lead);
        }
        for (var i = 0; i < _blocks.Count; i++)
        {
            prompt.Frame(_blocks[i].Before);
            prompt.Add(PromptPartKind.ExampleQuery, _blocks[i].Query, i + 1);
            prompt.Frame(_blocks[i].Between);
            prompt.Add(PromptPartKind.ExampleAnswer, _blocks[i].Answer, i + 1);
            prompt.Frame(_blocks[i].After + Gap(i));
        }
        return prompt;
    }

    /// <summary>
    /// White space belongs to a place between examples, not to an example: an order or a number of examples changes nothing else.
    /// </summary>
    private string Gap(int place)
    {
        var closed = Layout.End[(Layout.Closing ?? "").Length..];
        if (place == _blocks.Count - 1)
            return _gaps.Count > 0 ? _gaps[^1] : closed;
        return _gaps.Count > 1 ? _gaps[Math.Min(place, _gaps.Count - 2)] : closed + Layout.Lead;
    }
}
