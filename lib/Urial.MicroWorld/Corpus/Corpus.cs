using System.Text;

namespace Urial.MicroWorld;

/// <summary>
/// The pre-training corpus: an endless row of documents, each a pure function of seed, index and progress, so that any thread can draw
/// any of them and a resumed run sees what it would have seen.
/// </summary>
public sealed class Corpus
{
    /// <summary>The progress up to which training is mostly copying, before facts and questions take over.</summary>
    public const double CopyingPhase = .08;

    /// <summary>Where the phase with more entries begins.</summary>
    public const double FactsPhase = .5;

    /// <summary>Where the last phase begins, mostly question documents.</summary>
    public const double AnswersPhase = 1.2;

    private readonly QuestionDocument _questions;
    private readonly EntryDocument _entries;
    private readonly CopyDocument _copies;

    /// <summary>The corpus of a world.</summary>
    /// <param name="world">The world.</param>
    /// <param name="pieces">
    /// The tokenizer's usable vocabulary pieces (<see cref="UsablePieces"/>); none while the tokenizer is yet to be trained.
    /// </param>
    public Corpus(World world, IReadOnlyList<string>? pieces = null)
    {
        var phrases = new OpenVocabulary(pieces ?? []);
        _questions = new QuestionDocument(new QueryGenerator(world, world.Entities), phrases);
        _entries = new EntryDocument(world);
        _copies = new CopyDocument(world, phrases);
    }

    /// <summary>One document.</summary>
    /// <param name="seed">The corpus's seed.</param>
    /// <param name="index">The document's index.</param>
    /// <param name="progress">
    /// How far training is: tokens seen, in a unit of which the copying phase takes <see cref="CopyingPhase"/>.
    /// </param>
    public string Document(int seed, long index, double progress)
    {
        var r = new Rng(seed, index);
        var phase = CorpusPhase.At(progress);
        return r.Weighted(phase.Mix) switch
        {
            0 => _questions.Write(r, phase),
            1 => _entries.Write(r),
            2 => _copies.Pattern(r),
            _ => _copies.Copy(r),
        };
    }

    /// <summary>The text to train the tokenizer on: documents, and lines of the words that random phrases are made of.</summary>
    public IEnumerable<string> TokenizerText(int seed, int documents = 8000)
    {
        for (var i = 0; i < documents; i++)
            yield return Document(seed, i, CopyingPhase);
        var r = new Rng(seed, -1);
        for (var i = 0; i < documents / 7; i++)
        {
            var line = new StringBuilder();
            for (var j = 0; j < 40; j++)
            {
                var word = r.Weighted([2, 2, 1.5]) switch
                {
                    0 => r.Pick(WordLists.Function),
                    1 => r.Pick(WordLists.Friendly),
                    _ => r.Pick(WordLists.Common)
                };
                line.Append(r.Chance(.2) ? char.ToUpperInvariant(word[0]) + word[1..] : word).Append(' ');
            }
            line.Length--;
            yield return line.Append('\n').ToString();
        }
    }

    /// <summary>
    /// Those of a vocabulary's token texts that can stand in a phrase: whole characters, not blank, without line breaks or brackets of
    /// special tokens.
    /// </summary>
    public static IReadOnlyList<string> UsablePieces(IEnumerable<string> tokenTexts) =>
        [.. tokenTexts.Where(t =>
            t.Trim().Length > 0 && !t.Contains('\uFFFD') && !t.Contains('\n') && !t.Contains("<|", StringComparison.Ordinal)
            && !t.Contains(OpenVocabulary.Slot) && !t.Any(char.IsControl))];
}
