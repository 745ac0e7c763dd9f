namespace Urial;

/// <summary>The tokens of two distributions P and Q by what is known of them.</summary>
internal sealed class KnownTogether
{
    /// <summary>Sorts the tokens.</summary>
    /// <param name="p">The first distribution.</param>
    /// <param name="q">The second, over the same tokens.</param>
    public KnownTogether(KnownDistribution p, KnownDistribution q)
    {
        (P, Q) = (p, q);
        var (both, onlyP, onlyQ) = (new List<(double, double)>(), new List<double>(), new List<double>());
        foreach (var (id, own) in p.Known)
            if (q.TryGet(id, out var its))
                both.Add((own, its));
            else
                onlyP.Add(own);
        foreach (var (id, its) in q.Known)
            if (!p.TryGet(id, out _))
                onlyQ.Add(its);
        (Both, OnlyP, OnlyQ) = (both, onlyP, onlyQ);
    }

    /// <summary>The first distribution.</summary>
    public KnownDistribution P { get; }

    /// <summary>The second distribution.</summary>
    public KnownDistribution Q { get; }

    /// <summary>Both probabilities of the tokens for which both are known.</summary>
    public IReadOnlyList<(double P, double Q)> Both { get; }

    /// <summary>P of the tokens for which Q is not known.</summary>
    public IReadOnlyList<double> OnlyP { get; }

    /// <summary>Q of the tokens for which P is not known.</summary>
    public IReadOnlyList<double> OnlyQ { get; }

    /// <summary>How many tokens there are of which nothing is known.</summary>
    public int Neither => P.Others - OnlyQ.Count;
}
