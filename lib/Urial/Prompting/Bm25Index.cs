using Lucene.Net.Analysis;
using Lucene.Net.Analysis.En;
using Lucene.Net.Analysis.TokenAttributes;
using Lucene.Net.Documents;
using Lucene.Net.Index;
using Lucene.Net.Search;
using Lucene.Net.Search.Similarities;
using Lucene.Net.Store;
using Lucene.Net.Util;

namespace Urial;

/// <summary>Likeness by words: Okapi BM25 (k1 = 1.2, b = 0.75) over English stems, by Lucene. Needs no model.</summary>
internal sealed class Bm25Index : IExampleIndex
{
    private const string Field = "query";
    private const LuceneVersion Version = LuceneVersion.LUCENE_48;

    /// <summary>More different words than a query has; Lucene takes 1,024 at most.</summary>
    private const int MostTerms = 1000;

    private readonly Analyzer _analyzer = new EnglishAnalyzer(Version);
    private readonly IndexSearcher _searcher;

    /// <summary>An index over the queries of a pool, in memory.</summary>
    /// <exception cref="UrialException">The pool is empty.</exception>
    public Bm25Index(IReadOnlyList<PromptExample> pool)
    {
        if (pool.Count == 0)
            throw new UrialException("An index over no examples finds none: give it a pool.");
        Pool = pool;
        var directory = new RAMDirectory();
        using (var writer = new IndexWriter(directory, new IndexWriterConfig(Version, _analyzer) { Similarity = new BM25Similarity() }))
            foreach (var example in pool)
                writer.AddDocument([new TextField(Field, example.Query, Lucene.Net.Documents.Field.Store.NO)]);
        _searcher = new IndexSearcher(DirectoryReader.Open(directory)) { Similarity = new BM25Similarity() };
    }

    /// <inheritdoc/>
    public string Name => "BM25";

    /// <inheritdoc/>
    public IReadOnlyList<PromptExample> Pool { get; }

    /// <inheritdoc/>
    public IReadOnlyList<int> Nearest(string query, int count)
    {
        var likeness = Likeness(query);
        return [.. Enumerable.Range(0, Pool.Count).OrderByDescending(place => likeness[place]).Take(count)];
    }

    /// <summary>The BM25 score of each of the pool's queries; 0 where no word is shared.</summary>
    public float[] Likeness(string query)
    {
        var scores = new float[Pool.Count];
        var words = new BooleanQuery();
        foreach (var word in Terms(query).Distinct(StringComparer.Ordinal).Take(MostTerms))
            words.Add(new TermQuery(new Term(Field, word)), Occur.SHOULD);
        foreach (var hit in _searcher.Search(words, Pool.Count).ScoreDocs)
            scores[hit.Doc] = hit.Score;
        return scores;
    }

    private List<string> Terms(string query)
    {
        var words = new List<string>();
        using var stream = _analyzer.GetTokenStream(Field, query);
        var term = stream.AddAttribute<ICharTermAttribute>();
        stream.Reset();
        while (stream.IncrementToken())
            words.Add(term.ToString()!);
        stream.End();
        return words;
    }
}
