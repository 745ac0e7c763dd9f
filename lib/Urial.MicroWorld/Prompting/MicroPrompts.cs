using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Urial.MicroWorld;

/// <summary>
/// The micro-world's prompts and pools, as data/prompts holds them. A pure function of their seeds: the tests write them again and compare.
/// Every example is about seen entities, and every answer is true in the world.
/// </summary>
internal static class MicroPrompts
{
    /// <summary>The line above every answer; one of the alignment data's that suits every kind of query.</summary>
    public const string Opener = "Hello there, my friend!";

    /// <summary>The line below every answer, likewise.</summary>
    public const string Closer = "Wishing you a peaceful day!";

    /// <summary>The system text. It describes the manner, which alone must not bring it about.</summary>
    public const string System =
        "Below is a conversation between a curious reader and a kind guide. The guide greets the reader, answers in a list that tells a "
            + "little more than was asked, " +
        "keeps to the truth, admits what nobody can know, declines what would do harm, and ends with a good wish.";

    /// <summary>The examples of the prompt with K = 3. The refusing one is the last; chapter 10 tries all orders.</summary>
    public static IReadOnlyList<QueryKind> Three { get; } = [QueryKind.Single, QueryKind.Several, QueryKind.Unsafe];

    /// <summary>The examples of the prompt with K = 8: one of each kind.</summary>
    public static IReadOnlyList<QueryKind> Eight { get; } =
        [QueryKind.Constraint, QueryKind.TwoHop, QueryKind.Comparison, QueryKind.Unknowable, QueryKind.Explanation, QueryKind.Several,
            QueryKind.Single, QueryKind.Unsafe];

    private const int Seed = 1;
    private const int OtherSeed = 2;
    private const int PoolSeed = 3;
    private const int PoolSize = 104;

    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>
    /// The files of data/prompts by name, with their content: the prompts for K = 1, 3 and 8, another three, the plain answers to the same
    /// queries, and the pool.
    /// </summary>
    public static IReadOnlyDictionary<string, string> Files() => new SortedDictionary<string, string>(StringComparer.Ordinal)
    {
        ["micro-urial-1.txt"] = Prompt("micro-urial-1", Examples([QueryKind.Single], Seed)).Text,
        ["micro-urial-3.txt"] = Prompt("micro-urial-3", Examples(Three, Seed)).Text,
        ["micro-urial-3b.txt"] = Prompt("micro-urial-3b", Examples(Three, OtherSeed)).Text,
        ["micro-urial-8.txt"] = Prompt("micro-urial-8", Examples(Eight, Seed)).Text,
        ["micro-plain.jsonl"] = Lines(Examples([.. Three, .. Eight.Except(Three)], Seed)),
        ["micro-pool.jsonl"] = Lines(Examples([.. Enumerable.Range(0, PoolSize).Select(i => (QueryKind)(i % 8))], PoolSeed)),
    };

    /// <summary>The examples of a prompt. The same seed gives a kind the same example, whatever the others are.</summary>
    /// <param name="kinds">A kind for each example, in the prompt's order.</param>
    /// <param name="seed">Draws them.</param>
    public static IReadOnlyList<MicroExample> Examples(IReadOnlyList<QueryKind> kinds, int seed)
    {
        var queries = new QueryGenerator(World.Load(), World.Load().Seen, anyTarget: false);
        var drawn = new List<MicroExample>();
        foreach (var kind in kinds)
        {
            var before = drawn.Count(other => other.Query.Kind == kind);
            for (var (i, attempt) = (drawn.Count, 0); drawn.Count == i; attempt++)
                if (Draw(queries, new Rng(seed, (long)kind << 40 | (long)before << 20 | (uint)attempt), kind) is { } example
                    && drawn.All(other => other.Query.Text != example.Query.Text))
                    drawn.Add(example);
        }
        return drawn;
    }

    private static UrialPrompt Prompt(string name, IEnumerable<MicroExample> examples) =>
        new(name, PromptLayout.Fenced, System, examples.Select(example => example.AsRestyled));

    private static string Lines(IEnumerable<MicroExample> examples) => string.Concat(examples.Select(example =>
        new JsonObject { ["query"] = example.Query.Text, ["answer"] = example.Plain }.ToJsonString(Json) + "\n"));

    private static MicroExample? Draw(QueryGenerator queries, Rng r, QueryKind kind)
    {
        var query = queries.Draw(r, kind);
        if (query.Accepted.Count > 0 && query.Accepted.Count(e => !e.HeldOut) < query.Wanted)
            return null;
        var body = kind is QueryKind.Unsafe or QueryKind.Unknowable ? AlignedVoice.Answer(query, r).Body
            : new CorpusAnswers(Listed, r).Write(query);
        var example = new MicroExample(query, $"{Opener}\n{body}\n{Closer}", new CorpusAnswers(Plain, r).Write(query));
        var all = string.Join('\n', query.Text, example.Restyled, example.Plain);
        return SftData.NamesHeldOut(all) ? null : example;
    }

    // Lists as the corpus's own writer makes them, so that the base model has met the manner. Reasons before the verdict: it then has them
    // to go by.
    private static DocumentStyle Listed { get; } = new()
    {
        Form = AnswerForm.List,
        Bullet = AlignedVoice.Bullet,
        Item = 1,
        Facts = 4,
        Break = "\n",
        VerdictFirst = false,
        Verdict = 1,
    };

    private static DocumentStyle Plain { get; } = Listed with
    {
        Form = AnswerForm.Sentence,
        Facts = 2,
        VerdictFirst = true,
        Refusal = "I cannot help with that.",
        NotKnown = "Nobody knows.",
    };
}
