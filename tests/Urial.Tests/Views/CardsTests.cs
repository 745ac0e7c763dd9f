using System.Reflection;
using System.Runtime.CompilerServices;
using Microsoft.DotNet.Interactive.Formatting;
using Urial.MicroWorld;

namespace Urial.Tests;

/// <summary>What a notebook shows of the library's values when they are a cell's last expression.</summary>
public sealed class CardsTests
{
    private const string Html = HtmlFormatter.MimeType;
    private const string Text = PlainTextFormatter.MimeType;
    private const int Short = 4096;

    private static readonly Assembly[] Assemblies = [typeof(ModelPair).Assembly, typeof(World).Assembly];

    public CardsTests()
    {
        Formatters.Register();
        RuntimeHelpers.RunModuleConstructor(typeof(World).Module.ModuleHandle);
    }

    public static TheoryData<string> Types =>
        [.. Assemblies.SelectMany(assembly => assembly.GetExportedTypes()).Where(type => !type.ContainsGenericParameters && (type.IsClass
            && !type.IsAbstract || type is { IsValueType: true, IsEnum: false }))
            .Select(type => type.FullName!)];

    private static Type Of(string name) => Assemblies.Select(assembly => assembly.GetType(name)).OfType<Type>().Single();

    [Theory, MemberData(nameof(Types))]
    public void Every_public_type_has_a_card_or_a_view_of_its_own(string name)
    {
        var type = Of(name);
        if (typeof(Delegate).IsAssignableFrom(type))
            return;
        Assert.Equal([Html, Text], Formatter.GetPreferredMimeTypesFor(type).Order());
        if (type.IsDefined(typeof(TypeFormatterSourceAttribute)))
            return;
        var listed = Array.CreateInstance(type, 3);
        Assert.Contains(Formatter.RegisteredFormatters(false), known => known.Type == type && known.MimeType == Html);
        Assert.Equal([Html, Text], Formatter.GetPreferredMimeTypesFor(listed.GetType()).Order());
        Assert.Contains("urial-card", listed.ToDisplayString(Html));
        Assert.Contains("of 3", listed.ToDisplayString(Text));
    }

    [Fact]
    public void A_list_of_named_things_is_shown_as_other_lists_are()
    {
        Named<QueryGroup> list = [QueryGroup.Of(QueryKind.Single), QueryGroup.Of(QueryKind.Unsafe), QueryGroup.Of(QueryKind.TwoHop)];

        Assert.Equal(["Named`1"],
            Assemblies.SelectMany(assembly => assembly.GetExportedTypes()).Where(type => type.ContainsGenericParameters)
                .Select(type => type.Name));
        Assert.Contains("urial-card", list.ToDisplayString(Html));
        Assert.Contains("of 3", list.ToDisplayString(Text));
    }

    // No constructor has run, so that any computed property would fail: a card reads only what is held.
    [Theory, MemberData(nameof(Types))]
    public void A_card_computes_nothing(string name)
    {
        var type = Of(name);
        if (type.IsDefined(typeof(TypeFormatterSourceAttribute)) || typeof(Delegate).IsAssignableFrom(type) || WithWordsOfTheirOwn(type))
            return;
        var empty = RuntimeHelpers.GetUninitializedObject(type);
        Assert.StartsWith(type.Name, empty.ToDisplayString(Text));
        Assert.InRange(empty.ToDisplayString(Html).Length, 1, Short);
    }

    public static TheoryData<string> Values => [.. OfChapters.Select(value => value.Name)];

    [Theory, MemberData(nameof(Values))]
    public void What_chapters_name_is_short_alone_and_inside_others(string name)
    {
        var value = OfChapters.Single(row => row.Name == name).Value();
        foreach (var shown in new[] { value, new[] { value, value }, (value, 1), new Dictionary<string, object> { ["a"] = value },
            new { value, n = 1 }, new List<object> { value } })
        {
            var html = shown.ToDisplayString(Html);
            Assert.InRange(html.Length, 1, Short);
            Assert.DoesNotContain("<script", html);
            Assert.InRange(shown.ToDisplayString(Text).Length, 1, Short);
        }
        Assert.Contains("urial-card", value.ToDisplayString(Html));
        Assert.InRange(value.ToDisplayString(Text).Split('\n').Length, 1, 14);
    }

    [Fact]
    public void A_pair_says_which_models_it_holds_and_goes_on_saying_it_when_they_are_freed()
    {
        var pair = ModelPair.Load(MicroModels.Base, MicroModels.Dpo);
        var text = pair.ToDisplayString(Text);
        pair.Dispose();
        Assert.Equal(text, pair.ToDisplayString(Text));
        Assert.Equal(
            "ModelPair\n  base: micro-base, qwen3, 3,738,368 weights in float32, 2,048 tokens in the vocabulary, 1,280 in the context\n" +
            "  aligned: micro-dpo, qwen3, 3,738,368 weights in float32, 2,048 tokens in the vocabulary, 1,280 in the context", text);
    }

    [Fact]
    public void An_answer_says_how_its_positions_shifted()
    {
        var text = MadeUp.France.ToDisplayString(Text);
        Assert.StartsWith("ShiftedAnswer q1\n  query: \"Tell me about France.\"\n  answer: \"Great question!", text);
        Assert.EndsWith($"{MadeUp.France.Positions.Count}, {string.Join(", ", Enum.GetValues<ShiftClass>().Select(kind =>
            $"{MadeUp.France.Positions.Count(p => p.Class == kind)} {kind.ToString().ToLowerInvariant()}"))}", text);
    }

    [Fact]
    public void A_value_inside_another_is_called_by_its_name() =>
        Assert.StartsWith("NamedQuery heldout-001\n  Query: Query ", QueryFile.HeldOut()[0].ToDisplayString(Text));

    [Fact]
    public void Foreign_text_is_escaped_and_a_long_one_cut()
    {
        var card = new PromptExample("<script>alert(1)</script>", new string('"', 5000)).ToDisplayString(Html);
        Assert.Contains("&lt;script&gt;", card);
        Assert.InRange(card.Length, 1, 2000);
    }

    [Fact]
    public void A_long_list_shows_its_first_and_counts_and_a_query_is_run_no_further_than_shown()
    {
        var run = 0;
        var endless = Enumerable.Range(0, int.MaxValue).Select(n => new PromptExample($"q{run = n}", "a"));
        Assert.StartsWith("IEnumerable", CardValue.TypeName(typeof(IEnumerable<PromptExample>)));
        Assert.Contains("of more than 5", endless.ToDisplayString(Text));
        Assert.Equal(5, run);
        var list = endless.Take(1000).ToList();
        Assert.Contains("List<PromptExample> of 1,000\n  0: PromptExample: Query \"q0\", Answer \"a\"\n", list.ToDisplayString(Text));
        Assert.EndsWith("… 995 more", list.ToDisplayString(Text));
        Assert.Contains("… 995 more", list.ToDisplayString(Html));
        Assert.InRange(list.ToDisplayString(Html).Length, 1, Short);
        Assert.StartsWith("sequence of ", list.Where(example => example.Query.Length > 2).ToDisplayString(Text));
        Assert.Contains("0: 999 × PromptExample",
            list.GroupBy(example => example.Query == "q0").OrderBy(group => group.Key).ToDisplayString(Text));
        Assert.InRange(Enumerable.Repeat(list, 1000).ToArray().ToDisplayString(Html).Length, 1, Short);
    }

    [Fact]
    public void Other_values_are_shown_as_the_host_shows_them() =>
        Assert.DoesNotContain("urial-card", new[] { 1, 2 }.ToDisplayString(Html));

    private static bool WithWordsOfTheirOwn(Type type) => Made.Contains(type)
        || type.GetMethod("ToString", [])!.DeclaringType!.Assembly == type.Assembly
            && !type.GetMethod("ToString", [])!.IsDefined(typeof(CompilerGeneratedAttribute))
        || typeof(Exception).IsAssignableFrom(type);

    private static readonly Type[] Made =
        [typeof(ModelPair), typeof(LanguageModel), typeof(Decoder), typeof(ShiftedAnswer), typeof(PositionShift), typeof(Generation),
            typeof(PromptText), typeof(UrialPrompt)];

    private static readonly Lazy<LanguageModel> Model = new(() => LanguageModel.Load(MicroModels.Base));

    private static readonly (string Name, Func<object> Value)[] OfChapters =
    [
        ("pair", () => ModelPair.Twice(Model.Value)),
        ("model", () => Model.Value),
        ("decoder", () => Model.Value.Decoder),
        ("config", () => Model.Value.Config),
        ("tokenizer", () => Model.Value.Tokenizer),
        ("template", () => LanguageModel.Load(MicroModels.Dpo).ChatTemplate!),
        ("answer", () => MadeUp.Long),
        ("answers", () => Enumerable.Repeat(MadeUp.Long, 400).ToArray()),
        ("by way", () => new[] { new[] { MadeUp.Long, MadeUp.France }, [MadeUp.France] }),
        ("position", () => MadeUp.Long.Positions[3]),
        ("positions", () => MadeUp.Long.Positions),
        ("token", () => MadeUp.Long.Tokens[3]),
        ("summary", () => new ShiftTable([MadeUp.Long, MadeUp.France]).Summary(withEos: true)),
        ("table", () => new ShiftTable([MadeUp.Long, MadeUp.France])),
        ("shares", () => new ShiftTable([MadeUp.Long, MadeUp.France]).Summary(withEos: true).Micro),
        ("generation", () => Model.Value.Generate("Why?", new GenerationOptions { MaxNewTokens = 4 })),
        ("options", () => new GenerationOptions()),
        ("query", () => JudgeSample.Queries()[0]),
        ("queries", JudgeSample.Queries),
        ("shift query", () => ShiftQuery.Of("a", "Why?")),
        ("urial", () => PromptStyles.Own("urial-8")),
        ("vanilla", () => PromptStyles.Of("vanilla-icl")),
        ("retrieval", () => PromptStyles.Of("retrieval-icl")),
        ("zero-shot", () => PromptStyles.Of("zero-shot")),
        ("chat", () => PromptStyles.Of("chat", model: LanguageModel.Load(MicroModels.Dpo))),
        ("prompt", () => PromptStyles.Own("urial-8").Prompt("Why?")),
        ("cost", () => PromptStyles.Own("urial-8").Prompt("Why?").Cost(Model.Value.Tokenizer)),
        ("layout", () => PromptLayout.Inline),
        ("world", World.Load),
        ("class", () => World.Load().Classes[0]),
        ("entity", () => World.Load().Classes[0].Entities[0]),
        ("judge", () => new MicroWorldJudge()),
        ("judgment", () => new MicroWorldJudge().Judge(JudgeSample.Queries()[0].Query, "I do not know.")),
        ("claim", () => PaperShares.Load()[0]),
        ("estimate", () => new Estimate(0.5, new Interval(0.4, 0.6, 0.95), 10)),
        ("kept", MicroAnswers.Kept),
    ];
}
