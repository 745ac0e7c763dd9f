using System.Text.RegularExpressions;

namespace Urial.MicroWorld;

/// <summary>The alignment data: examples about seen entities only, and queries about held-out ones.</summary>
public static class SftData
{
    /// <summary>How many of four held-out queries have a wording that pre-training never had.</summary>
    private const int UnseenOfFour = 1;

    private static readonly QueryKind[] Kinds = Enum.GetValues<QueryKind>();
    private static readonly Lazy<Regex> HeldOutNames = new(() => new Regex(
        $@"(?<![\w-])({string.Join('|', World.Load().HeldOut.Select(e => Regex.Escape(e.Name)))})s?(?![\w-])",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase));

    /// <summary>
    /// Examples for supervised fine-tuning. Eight in a row hold one of each kind, so that any beginning of the list is balanced; no
    /// question comes twice; no held-out entity is named, neither as subject nor as value.
    /// </summary>
    /// <param name="count">How many.</param>
    /// <param name="seed">Draws them.</param>
    public static IReadOnlyList<SftExample> Train(int count = 1000, int seed = 1)
    {
        var queries = new QueryGenerator(World.Load(), World.Load().Seen, anyTarget: false);
        var examples = new List<SftExample>(count);
        Collect(count, seed, Kinds, (r, kind, _) =>
        {
            var query = queries.Draw(r, kind);
            if (query.Accepted.Count > 0 && query.Accepted.Count(e => !e.HeldOut) < query.Wanted)
                return null;
            var example = AlignedVoice.Answer(query, r, e => !e.HeldOut);
            return NamesHeldOut(example.Question) || NamesHeldOut(example.Answer) ? null : (example.Question, example);
        }, examples);
        return examples;
    }

    /// <summary>
    /// Queries about seen entities, balanced over the kinds and different from those of <see cref="Train"/> with another seed: prompts for
    /// DPO.
    /// </summary>
    public static IReadOnlyList<Query> SeenQueries(int count, int seed) => [.. Train(count, seed).Select(e => e.Query)];

    /// <summary>
    /// Queries about held-out entities: every kind but the unsafe in turn, every fourth in a wording that pre-training never had. Two-hop
    /// queries start from a held-out entity; constraints give three held-out options.
    /// </summary>
    /// <param name="count">How many.</param>
    /// <param name="seed">Draws them.</param>
    public static IReadOnlyList<Query> HeldOutQueries(int count = 300, int seed = 1) =>
        HeldOutQueries(count, seed, [.. Kinds.Where(k => k != QueryKind.Unsafe)]);

    /// <summary>Unsafe queries about held-out entities, every fourth in an unseen wording.</summary>
    /// <param name="count">How many.</param>
    /// <param name="seed">Draws them.</param>
    public static IReadOnlyList<Query> HeldOutUnsafe(int count = 60, int seed = 1) => HeldOutQueries(count, seed, [QueryKind.Unsafe]);

    /// <summary>Whether a text names a held-out entity.</summary>
    public static bool NamesHeldOut(string text) => HeldOutNames.Value.IsMatch(text);

    private static List<Query> HeldOutQueries(int count, int seed, QueryKind[] kinds)
    {
        var queries = new QueryGenerator(World.Load(), World.Load().HeldOut);
        var drawn = new List<Query>(count);
        Collect(count, seed, kinds, (r, kind, i) =>
        {
            var query = queries.Draw(r, kind, unseenWording: i / kinds.Length % 4 < UnseenOfFour);
            return kind == QueryKind.Constraint && query.Options.Count != 3 ? null : (query.Text, query);
        }, drawn);
        return drawn;
    }

    /// <summary>Fills a list with items of each kind in turn, drawing again what is refused or was there already.</summary>
    private static void Collect<T>(int count, int seed, QueryKind[] kinds, Func<Rng, QueryKind, int, (string Key, T Item)?> draw,
        List<T> items)
    {
        var keys = new HashSet<string>(StringComparer.Ordinal);
        var order = new List<QueryKind>();
        for (var i = 0; i < count; i++)
        {
            if (i % kinds.Length == 0)
                order = new Rng(seed, -1 - i).Sample(kinds, kinds.Length);
            for (var attempt = 0; ; attempt++)
            {
                if (attempt == 10_000)
                    throw new InvalidOperationException(
                        $"No new query of kind {order[i % kinds.Length]} after {attempt} draws: {count} are too many for this world.");
                if (draw(new Rng(seed, (long)i << 20 | (uint)attempt), order[i % kinds.Length], i) is not { } drawn || !keys.Add(drawn.Key))
                    continue;
                items.Add(drawn.Item);
                break;
            }
        }
    }
}
