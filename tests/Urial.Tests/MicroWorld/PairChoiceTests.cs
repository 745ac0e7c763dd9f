using Urial.MicroWorld;

namespace Urial.Tests.MicroWorld;

public sealed class PairChoiceTests
{
    [Fact]
    public void Where_nothing_is_named_the_embedded_pair_is_asked_about_its_world()
    {
        using var choice = PairChoice.FromEnvironment(_ => null);

        var answers = choice.Ask(new ShiftOptions { MaxNewTokens = 4, Top = 1 });

        Assert.True(choice.IsEmbedded);
        Assert.Equal(40, answers.Count);
        Assert.Equal(Enum.GetValues<QueryKind>().Select(kind => Names.Of(kind)).Order(StringComparer.Ordinal),
            answers.Select(answer => answer.Kind!).Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Two_folders_are_a_pair_and_are_asked_the_own_queries()
    {
        using var choice = Of((PairChoice.BaseVariable, MicroModels.Base), (PairChoice.AlignedVariable, $" {MicroModels.Sft} "));

        var answers = choice.Ask(new ShiftOptions { MaxNewTokens = 2, Top = 1 });

        Assert.Equal(("micro-base → micro-sft", false), (choice.Name, choice.IsEmbedded));
        Assert.Equal(ShiftQueries.ReadAll(ShiftQueries.OwnPairPath).Select(query => (query.Id, query.Kind)),
            answers.Select(answer => (answer.Id, answer.Kind)));
    }

    [Fact]
    public void What_contradicts_itself_or_is_unknown_is_refused_with_a_remedy()
    {
        Assert.Contains("Set both", Refused((PairChoice.BaseVariable, "x")));
        Assert.Contains("which pair is meant", Refused((PairChoice.Variable, "x"), (PairChoice.AlignedVariable, "y")));
        Assert.Contains("no pair 'x'", Refused((PairChoice.Variable, "x")));
    }

    private static PairChoice Of(params (string Name, string Value)[] variables) =>
        PairChoice.FromEnvironment(name => variables.FirstOrDefault(variable => variable.Name == name).Value);

    private static string Refused(params (string Name, string Value)[] variables) =>
        Assert.Throws<UrialException>(() => Of(variables)).Message;
}
