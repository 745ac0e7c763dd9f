using System.Collections;
using System.Reflection;

namespace Urial;

/// <summary>
/// The card of any value. Types that a reader meets often have one made for them; of any other it shows the properties whose values it
/// holds, never one that would have to be computed.
/// </summary>
internal static class Cards
{
    private const int MostItems = 5;

    private static readonly Dictionary<Type, Func<object, Card>> Made = new()
    {
        [typeof(ModelPair)] = value => Pair((ModelPair)value),
        [typeof(LanguageModel)] = value => Model((LanguageModel)value),
        [typeof(Decoder)] = value => new Card(nameof(Decoder), "", Network((Decoder)value)),
        [typeof(ShiftedAnswer)] = value => Answer((ShiftedAnswer)value),
        [typeof(PositionShift)] = value => Shift((PositionShift)value),
        [typeof(Generation)] = value => Generated((Generation)value),
        [typeof(PromptText)] = value => Prompt((PromptText)value),
        [typeof(UrialPrompt)] = value => Constant((UrialPrompt)value),
    };

    /// <summary>A value's card.</summary>
    public static Card Of(object value) => value is IEnumerable sequence and not string ? OfSequence(sequence)
        : Made.TryGetValue(value.GetType(), out var make) ? make(value) : OfHeld(value);

    // Asked for one item more than is shown: whether a sequence that knows no count ends there.
    private static Card OfSequence(IEnumerable sequence)
    {
        var count = CardValue.Count(sequence);
        var items = sequence.Cast<object?>().Take(MostItems + 1).ToList();
        var rows = items.Take(MostItems)
            .Select((item, place) => ($"{place}", item is null or IEnumerable ? CardValue.Of(item) : Of(item).Line));
        var name = count is { } known ? $"of {Numbers.Count(known)}" : items.Count > MostItems ? $"of more than {MostItems}"
            : $"of {items.Count}";
        return new Card(CardValue.TypeName(sequence.GetType()), name, [.. rows], count is { } all ? Math.Max(0, all - MostItems) : 0);
    }

    private static Card OfHeld(object value)
    {
        var type = value.GetType();
        var (name, named) = CardValue.OwnText(value) is { } own ? (own, null) : CardValue.NameOf(value);
        var rows = type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Select(property => (property.Name, Field: CardValue.Held(type, property.Name)))
            .Where(row => row.Field is not null && row.Name != named)
            .Select(row => (row.Name, CardValue.Of(row.Field!.GetValue(value))));
        return new Card(CardValue.TypeName(type), name, [.. rows]);
    }

    private static Card Pair(ModelPair pair) =>
        new(nameof(ModelPair), "",
            [("base", Summary(pair.Base)), ("aligned", ReferenceEquals(pair.Base, pair.Aligned) ? "the same" : Summary(pair.Aligned))]);

    private static string Summary(LanguageModel model) =>
        $"{model.Name}, {string.Join(", ", Network(model.Decoder).Select(row => row.Value))}";

    private static Card Model(LanguageModel model) => new(nameof(LanguageModel), model.Name, Network(model.Decoder));

    private static (string Name, string Value)[] Network(Decoder decoder) =>
    [
        ("family", decoder.Config.ModelType),
        ("weights", $"{Numbers.Count(decoder.Config.Parameters)} weights in {decoder.Precision.HuggingFaceName()}"),
        ("vocabulary", $"{Numbers.Count(decoder.Config.VocabularySize)} tokens in the vocabulary"),
        ("context", $"{Numbers.Count(decoder.Config.MaxPositions)} in the context"),
    ];

    private static Card Answer(ShiftedAnswer answer) => new(nameof(ShiftedAnswer), answer.Id,
    [
        ("query", CardValue.Of(answer.Query)),
        ("answer", CardValue.Of(answer.Text)),
        ("positions", string.Join(", ", Enum.GetValues<ShiftClass>()
            .Select(kind => $"{answer.Positions.Count(position => position.Class == kind)} {kind.ToString().ToLowerInvariant()}")
            .Prepend($"{answer.Positions.Count}"))),
    ]);

    private static Card Shift(PositionShift shift) => new(nameof(PositionShift), $"{shift.Position}",
    [
        ("class", shift.Class.ToString().ToLowerInvariant()),
        ("base rank", Numbers.Count(shift.BaseRank)),
        ("base probability", Numbers.Percent(shift.BaseProbability)),
        ("aligned probability", Numbers.Percent(shift.AlignedProbability)),
        ("KL(aligned‖base)", $"{Numbers.General(shift.KlAlignedBase)} nats"),
        ("KL(base‖aligned)", $"{Numbers.General(shift.KlBaseAligned)} nats"),
        ("token id", $"{shift.TokenId}{(shift.IsEos ? ", which ends the answer" : "")}"),
    ]);

    private static Card Generated(Generation generation) => new(nameof(Generation), "",
    [
        ("text", CardValue.Of(generation.Text)),
        ("tokens", $"{generation.AnswerIds.Length} behind a prompt of {generation.PromptIds.Length}"),
        ("ended by", generation.StopReason.ToString().ToLowerInvariant()),
    ]);

    private static Card Prompt(PromptText prompt) => new(nameof(PromptText), "",
    [
        ("from", CardValue.Of(prompt.Provenance)),
        ("text", $"{Numbers.Count(prompt.Text.Length)} characters, {prompt.Parts.Count} parts"),
        ("stop", CardValue.Of(prompt.Stop)),
    ]);

    private static Card Constant(UrialPrompt prompt) => new(nameof(UrialPrompt), prompt.Name,
    [
        ("system text", prompt.System is { } system ? $"{Numbers.Count(system.Length)} characters" : "none"),
        ("examples", $"{prompt.Examples.Count}"),
        ("layout", prompt.Layout.Name),
    ]);
}
