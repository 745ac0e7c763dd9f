using System.Text.Json;

namespace Urial.MicroWorld;

/// <summary>What a <c>class.questions.json</c> holds: how a class is asked and told about.</summary>
internal sealed record ClassQuestions(
    string Singular,
    string Plural,
    string Article,
    string Who,
    bool Invented,
    IReadOnlyList<string> Definite,
    IReadOnlyDictionary<string, IReadOnlyList<string>> Ask,
    IReadOnlyDictionary<string, IReadOnlyList<string>> Tell,
    IReadOnlyDictionary<string, string> That,
    IReadOnlyDictionary<string, IReadOnlyList<string>> Via,
    IReadOnlyDictionary<string, string> Why)
{
    public static JsonSerializerOptions Options { get; } = new()
    {
        PropertyNameCaseInsensitive = true,
        RespectRequiredConstructorParameters = false,
    };
}
