namespace Urial;

/// <summary>
/// The metrics of the public reference code (github.com/Re-Align/AlignTDS, compute_dist_diff.py and logit_analysis.py), kept so that
/// a reader can compare with it. They look at the 30 most probable tokens of each model only, renormalise over those 30, and match
/// tokens by their decoded text. Each member says what it is not. The project's own measures are in <see cref="ShiftMetrics"/>.
/// </summary>
public sealed class ReferenceMetrics
{
    /// <summary>How many tokens of each model the reference code keeps.</summary>
    public const int ListLength = 30;

    /// <summary>The cut that the reference code calls with unless it says otherwise; longer than its lists.</summary>
    public const int DefaultCut = 50;

    private readonly IReadOnlyList<ReferenceToken> _baseList;
    private readonly IReadOnlyList<ReferenceToken> _alignedList;

    /// <summary>Compares two lists.</summary>
    /// <param name="baseList">The base model's most probable tokens, best first.</param>
    /// <param name="alignedList">The aligned model's, as many.</param>
    /// <exception cref="ArgumentException">A list is empty, or they differ in length.</exception>
    public ReferenceMetrics(IReadOnlyList<ReferenceToken> baseList, IReadOnlyList<ReferenceToken> alignedList)
    {
        if (baseList.Count == 0 || baseList.Count != alignedList.Count)
            throw new ArgumentException($"Two lists of one length are compared, not {baseList.Count} and {alignedList.Count} tokens.");
        (_baseList, _alignedList) = (baseList, alignedList);
    }

    /// <summary>The metrics at one position of a scored answer.</summary>
    /// <param name="position">
    /// A position that keeps <see cref="ListLength"/> top tokens of both models (or the whole vocabulary, where it is smaller).
    /// </param>
    /// <param name="tokenizer">The pair's tokenizer.</param>
    /// <exception cref="UrialException">It keeps fewer.</exception>
    public static ReferenceMetrics Of(PositionShift position, HfTokenizer tokenizer) =>
        new(List(position.BaseTop, tokenizer, position), List(position.AlignedTop, tokenizer, position));

    /// <summary>What the reference code makes of a base rank (1-based): beyond its list every rank is <see cref="DefaultCut"/>.</summary>
    public static int CappedRank(int rank) => rank > ListLength ? DefaultCut : rank;

    /// <summary>
    /// The 1-based rank at which the reference code finds the answer's token by its text; null where its list does not have it.
    /// </summary>
    /// <param name="position">A position, as in <see cref="Of"/>.</param>
    /// <param name="tokenizer">The pair's tokenizer.</param>
    public static int? RankByText(PositionShift position, HfTokenizer tokenizer) =>
        Of(position, tokenizer).Place(tokenizer.Token(position.TokenId).Text) + 1;

    /// <summary>How many ids of a vocabulary decode to the text of another id as well, so that a text does not tell them apart.</summary>
    public static int SharedTexts(HfTokenizer tokenizer) => Enumerable.Range(0, tokenizer.VocabularySize).Where(tokenizer.Contains)
        .GroupBy(id => tokenizer.Decode([id], skipSpecialTokens: false)).Where(ids => ids.Count() > 1).Sum(ids => ids.Count());

    /// <summary>Overlap of the two sets of texts, |A ∩ B| / |A ∪ B|, 0 to 1.</summary>
    public double Jaccard(int cut = DefaultCut)
    {
        var (a, b) = (Texts(_baseList, cut), Texts(_alignedList, cut));
        return (double)a.Intersect(b).Count() / a.Union(b).Count();
    }

    /// <summary>
    /// Normalised discounted cumulative gain of the base list, each token's relevance being 1 / log2(rank + 1) by its rank in the aligned
    /// list. By id, and over the whole lists: the reference code ignores its cut here.
    /// </summary>
    public double Ndcg()
    {
        var relevance = new Dictionary<int, double>();
        for (var i = 0; i < _alignedList.Count; i++)
            relevance[_alignedList[i].Id] = Discount(i);
        var gain = _baseList.Select((token, i) => relevance.GetValueOrDefault(token.Id) * Discount(i)).Sum();
        var ideal = relevance.Values.OrderDescending().Select((r, i) => r * Discount(i)).Sum();
        return gain / ideal;

        static double Discount(int place) => 1 / Math.Log2(place + 2);
    }

    /// <summary>
    /// What the reference code calls KL: Σ p_base ln(p_base / p_aligned) over the texts that both lists have. No divergence: it sums over
    /// an overlap, so it can be negative, and two models with nothing in common score 0. The nearest true measure is KL(base‖aligned).
    /// </summary>
    public double OverlapKl(int cut = DefaultCut)
    {
        var (a, b) = (ByText(_baseList, cut), ByText(_alignedList, cut));
        return a.Where(p => b.ContainsKey(p.Key)).Sum(p => p.Value * Math.Log(p.Value / b[p.Key]));
    }

    /// <summary>Σ p_base · p_aligned over the texts that both lists have.</summary>
    public double WeightedSum(int cut = DefaultCut)
    {
        var (a, b) = (ByText(_baseList, cut), ByText(_alignedList, cut));
        return a.Where(p => b.ContainsKey(p.Key)).Sum(p => p.Value * b[p.Key]);
    }

    /// <summary>
    /// The place, from 0, of the text of the aligned model's own first choice in the base list; the cut where the list does not have it.
    /// Censored: beyond place 29 everything is <paramref name="cut"/>. And it is about the first choice, not about the answer's token.
    /// </summary>
    public int TopRank(int cut = DefaultCut) => Place(_alignedList[0].Text, cut) ?? cut;

    /// <summary>
    /// The base list's renormalised probability of the text of the aligned model's first choice; 0 where the list does not have it.
    /// </summary>
    public double TopProbability(int cut = DefaultCut) => Place(_alignedList[0].Text, cut) is { } place ? _baseList[place].Probability : 0;

    /// <summary>The same place for any text, such as that of the answer's token; null where the list does not have it.</summary>
    public int? Place(string text, int cut = DefaultCut)
    {
        for (var i = 0; i < Math.Min(cut, _baseList.Count); i++)
            if (_baseList[i].Text == text)
                return i;
        return null;
    }

    private static HashSet<string> Texts(IReadOnlyList<ReferenceToken> list, int cut) => [.. list.Take(cut).Select(token => token.Text)];

    // Of several tokens that share a text, the first counts.
    private static Dictionary<string, double> ByText(IReadOnlyList<ReferenceToken> list, int cut)
    {
        var found = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (var token in list.Take(cut))
            found.TryAdd(token.Text, token.Probability);
        return found;
    }

    private static ReferenceToken[] List(IReadOnlyList<TopToken> top, HfTokenizer tokenizer, PositionShift position)
    {
        var length = Math.Min(ListLength, tokenizer.VocabularySize);
        if (top.Count < length)
            throw new UrialException($"Position {position.Position} keeps {top.Count} top tokens, and the reference metrics "
                + $"compare {length}. Score the answer with ShiftOptions.Top = {length}.");
        var sum = top.Take(length).Sum(token => token.Probability);
        return [.. top.Take(length).Select(token => new ReferenceToken(
            token.Id, tokenizer.Contains(token.Id) ? tokenizer.Decode([token.Id], skipSpecialTokens: false) : "",
            token.Probability / sum))];
    }
}
