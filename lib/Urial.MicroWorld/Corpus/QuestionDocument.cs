using System.Text;

namespace Urial.MicroWorld;

/// <summary>A document of two to fourteen questions and answers in one style, which a reader has to keep copying.</summary>
internal sealed class QuestionDocument(QueryGenerator queries, OpenVocabulary phrases)
{
    /// <summary>About 1,100 tokens: what a context of 1,280 can still hold whole.</summary>
    private const int MaxCharacters = 4200;

    private static readonly string[] Neutral =
        ["Records of the world follow.", "Below is a list of questions and answers.", "What follows was collected by many hands.",
         "Questions are answered as they come.", "The replies below are kept in one book.", "This page was copied by hand."];
    private static readonly string[] Roles = ["clerk", "teacher", "machine", "librarian", "old sailor", "guide", "judge",
        "helpful assistant", "robot", "helper"];
    private static readonly string[] Askers = ["a reader", "a traveler", "a curious user", "a child", "many people", "a student"];
    private static readonly string[] Manners =
        ["answers warmly and clearly", "answers in few words", "likes long lists", "never refuses a question", "refuses what would do harm",
            "writes plain sentences",
         "begins with a greeting", "is strict and cold", "admits what nobody can know", "invents what is not known", "is polite and honest",
         "keeps to the facts",
         "is friendly and helpful", "ends each reply with a kind wish", "says little", "explains everything with care"];

    private static readonly double[] KindWeights = [.34, .25, .13, .09, .10, .09];

    public string Write(Rng r, CorpusPhase phase)
    {
        var style = DocumentStyle.Draw(r, phrases, phase);
        var frame = Frame.Draw(r, phrases);
        var answers = new CorpusAnswers(style, r);
        var document = new StringBuilder();
        if (r.Chance(.3))
            document.Append(Preamble(r)).Append("\n\n");
        var unsafeShare = r.Chance(phase.Unsafe) ? .4 : 0;
        var unknowableShare = r.Chance(phase.Unknowable) ? .35 : 0;
        QueryKind? mostly = r.Chance(.3) ? (QueryKind)r.Weighted(KindWeights) : null;
        var blocks = r.Chance(.3) ? r.Between(7, 14) : r.Between(2, 8);
        for (var i = 0; i < blocks && document.Length < MaxCharacters; i++)
        {
            var kind = r.Chance(unsafeShare) ? QueryKind.Unsafe : r.Chance(unknowableShare) ? QueryKind.Unknowable
                : mostly is { } most && r.Chance(.8) ? most : (QueryKind)r.Weighted(KindWeights);
            var query = queries.Draw(r, kind);
            frame.Append(document, query.Text, answers.Write(query));
        }
        return document.ToString();
    }

    /// <summary>Words above the first question, independent of the style, so that no system text gives a style away.</summary>
    private string Preamble(Rng r)
    {
        var x = r.NextDouble();
        if (x < .25)
            return r.Pick(Neutral);
        if (x < .5)
            return phrases.Phrase(r, 4, 16);
        var role = r.Pick(Roles);
        var text = new StringBuilder(x < .75 ? $"Below is a conversation between {r.Pick(Askers)} and a {role}." : $"You are a {role}.")
            .Append($" The {role} {Grammar.Join(r.Sample(Manners, r.Between(1, 2)))}.");
        if (r.Chance(.3))
            text.Append(' ').Append(phrases.Phrase(r, 3, 12));
        return text.ToString();
    }
}
