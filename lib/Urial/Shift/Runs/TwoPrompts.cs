namespace Urial;

/// <summary>
/// The control that every pair needs, on real language: one model on both sides. It answers greedily under its chat template, and the same
/// weights score the answers behind the zero-shot prompt, so that nothing but the prompt shifts. Stored in <c>data/runs</c>, and made anew
/// where the reader has a model.
/// </summary>
/// <param name="Answers">The answers to <see cref="ShiftQueries.OwnPairPath"/>.</param>
/// <param name="Source">Where they come from, in words.</param>
public sealed record TwoPrompts(IReadOnlyList<ShiftedAnswer> Answers, string Source)
{
    /// <summary>The environment variable that names a model to make the answers anew with: a folder, or <c>org/name</c>.</summary>
    public const string Variable = "URIAL_REAL_MODEL";

    private static readonly ShiftOptions Options = new() { MaxNewTokens = 400, Top = 3 }; // as the stored run was made

    /// <summary>The stored run's folder.</summary>
    public static string Folder => Repository.Path("data", "runs", "real-two-prompts");

    /// <summary>The stored run: SmolLM2-135M-Instruct, its weights quantised to four bits.</summary>
    /// <exception cref="UrialException">It is missing or damaged.</exception>
    public static TwoPrompts Stored() =>
        new(StoredShifts.Read(Folder, ShiftQueries.ReadAll(ShiftQueries.OwnPairPath)), "the stored run, data/runs/real-two-prompts");

    /// <summary>The same questions to another model, or to the same one again.</summary>
    /// <param name="model">A model with a chat template.</param>
    /// <param name="queries">Other questions; null: those of the stored run.</param>
    /// <param name="options">How long answers may be; null: as in the stored run.</param>
    /// <exception cref="UrialException">The model has no chat template, a question does not fit, or its logits are not finite.</exception>
    public static TwoPrompts Anew(LanguageModel model, IReadOnlyList<ShiftQuery>? queries = null, ShiftOptions? options = null) => new(
        ShiftAnalysis.Run(ModelPair.Twice(model), queries ?? ShiftQueries.ReadAll(ShiftQueries.OwnPairPath), options ?? Options),
        $"{model.Name}, computed here");

    /// <summary>
    /// Made anew with the model that <see cref="Variable"/> names, or the stored run: where the variable is not set, and, with the reason
    /// in <see cref="Source"/>, where its model cannot be had.
    /// </summary>
    /// <param name="named">What the variable holds; null: read it.</param>
    /// <exception cref="UrialException">The stored run is missing or damaged, or the model cannot answer.</exception>
    public static TwoPrompts Load(string? named = null)
    {
        named ??= Environment.GetEnvironmentVariable(Variable);
        if (string.IsNullOrWhiteSpace(named))
            return Stored();
        LanguageModel model;
        try
        {
            model = LanguageModel.FromHub(named);
        }
        catch (UrialException e)
        {
            return Stored() with { Source = $"the stored run, since {Variable} names a model that cannot be had: {e.Message}" };
        }
        using (model)
            return Anew(model);
    }

    /// <summary>How many of these answers are, token for token, those of another run.</summary>
    public int SameAs(TwoPrompts other)
    {
        var ids = other.Answers.ToDictionary(answer => answer.Id, answer => answer.AnswerIds, StringComparer.Ordinal);
        return Answers.Count(answer => ids.TryGetValue(answer.Id, out var its) && its.AsSpan().SequenceEqual(answer.AnswerIds));
    }
}
