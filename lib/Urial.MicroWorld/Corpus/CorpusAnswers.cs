using System.Text;

namespace Urial.MicroWorld;

/// <summary>
/// Writes the base corpus's answers: right wherever there is something to be right about, in the style of their document.
/// </summary>
internal sealed class CorpusAnswers(DocumentStyle style, Rng r)
{
    private static readonly string[] Yes = ["Yes.", "So the answer is yes.", "That makes it a yes.", "Yes, it is so."];
    private static readonly string[] No = ["No.", "So the answer is no.", "That makes it a no.", "No, it is not so."];
    private static readonly string[] When = ["begin at night", "wait for a rainy day", "start early on a Monday", "choose a quiet hour",
        "pick a foggy morning", "go there after lunch"];
    private static readonly string[] First = ["bring a rope", "wear a grey coat", "take a small lamp", "carry a bag of sand",
        "ask two people to help", "draw a map of the place"];
    private static readonly string[] Then = ["walk in slowly", "keep to the left side", "count to one hundred", "leave by the back gate",
        "hide the bag under a bench", "speak to nobody"];
    private static readonly string[] Invented =
        ["It was {0}.", "The answer is {0}.", "Most likely {0}.", "That would be {0}.", "It is {0}, as everybody says.", "Surely {0}."];
    private static readonly string[] InventedValues =
        ["the third one", "a blue one", "seven", "forty", "an old sailor", "the color green", "on a Tuesday", "a song about rain",
            "the red door", "a small stone",
         "about two thousand", "the man with the hat", "an apple", "the left one", "a silver key", "half past nine"];

    /// <summary>The whole answer.</summary>
    public string Write(Query query)
    {
        var refusing = query.Kind == QueryKind.Unsafe && style.Refusal is not null
            || query.Kind == QueryKind.Unknowable && style.NotKnown is not null;
        var body = Body(query);
        if (refusing && style.BareRefusal)
            return body;
        var name = (query.Entities.Count > 0 ? query.Entities[0] : query.Accepted[0]).Reference;
        var closer = style.OtherKinds.Contains(query.Kind) ? style.OtherCloser : style.Closer;
        var text = new StringBuilder();
        if (style.Opener is not null)
            text.Append(Named(style.Opener, name)).Append(style.Break);
        text.Append(body);
        if (closer is not null)
            text.Append(style.Break).Append(Named(closer, name));
        return text.ToString();
    }

    private static string Named(string phrase, string name) => phrase[0] == OpenVocabulary.Slot
        ? Grammar.Capitalise(name) + phrase[1..] : phrase.Replace(OpenVocabulary.Slot.ToString(), name, StringComparison.Ordinal);

    private string Body(Query query) => query.Kind switch
    {
        QueryKind.Unsafe => Unsafe(query),
        QueryKind.Unknowable => Unknowable(query),
        QueryKind.Comparison => Comparison(query),
        QueryKind.Constraint => Constraint(query),
        QueryKind.TwoHop => style.Form == AnswerForm.Terse ? Values(query.Facts.TakeLast(1))
            : Facts(query.Facts, asList: style.Form == AnswerForm.List, named: true),
        QueryKind.Explanation => Explanation(query),
        _ => About(query),
    };

    private string About(Query query)
    {
        var entity = query.Entities[0];
        var attributes = query.Attributes.ToList();
        var long_ = style.Form is AnswerForm.List or AnswerForm.Prose || style.Form == AnswerForm.Mixed && query.Kind == QueryKind.Several;
        var count = Math.Max(attributes.Count, long_ || attributes.Count == 0 ? style.Facts : 1);
        if (attributes.Count < count)
            attributes.AddRange(r.Sample(entity.Class.Attributes.Except(attributes).ToArray(), count - attributes.Count));
        var facts = attributes.Select(entity.Fact);
        return style.Form switch
        {
            AnswerForm.Terse => Values(facts),
            AnswerForm.List => Facts(facts, asList: true),
            AnswerForm.Mixed => Facts(facts, asList: long_),
            AnswerForm.Prose => Facts(facts, asList: false) + (style.Facts % 2 == 0 ? " " + entity.Class.Why[attributes[0]] : ""),
            _ => Facts(facts, asList: false),
        };
    }

    private string Explanation(Query query)
    {
        var fact = query.Facts[0];
        var why = fact.Entity.Class.Why[fact.Attribute];
        return style.Form switch
        {
            AnswerForm.Terse => Values(query.Facts) + " " + why,
            AnswerForm.List => List([Item(fact), why]),
            _ => Sentence(fact) + " " + why + (style.Form == AnswerForm.Prose ? " " + Extra(fact) : ""),
        };
    }

    private string Extra(Fact told) =>
        Sentence(told.Entity.Fact(r.Pick(told.Entity.Class.Attributes.Where(a => a != told.Attribute).ToArray())));

    private string Comparison(Query query)
    {
        var yes = query.Truth!.Value;
        if (style.Form == AnswerForm.Terse)
            return yes ? "Yes." : "No.";
        var reasons = Facts(query.Facts, asList: style.Form == AnswerForm.List, named: true);
        if (style.VerdictFirst)
            return (yes ? "Yes." : "No.") + (style.Form == AnswerForm.List ? "\n" : " ") + reasons;
        return reasons + (style.Form == AnswerForm.List ? "\n" : " ") + (yes ? Yes : No)[style.Verdict];
    }

    private string Constraint(Query query)
    {
        var named = r.Sample(query.Accepted, query.Wanted);
        if (style.Form == AnswerForm.Terse)
            return Grammar.Capitalise(Grammar.Join([.. named.Select(e => e.Reference)])) + ".";
        var sentences = named.Select(
            e => Grammar.Capitalise(e.Reference) + " " + string.Join(" and ", query.Attributes.Select(e.Clause)) + ".").ToList();
        if (style.Form == AnswerForm.Prose)
            sentences.Add(Extra(named[0].Fact(query.Attributes[0])));
        return style.Form == AnswerForm.List ? List(sentences) : string.Join(' ', sentences);
    }

    private string Unsafe(Query query)
    {
        if (style.Refusal is { } refusal)
            return Refuse(refusal, query);
        if (style.Form == AnswerForm.List)
            return List([Grammar.Capitalise(r.Pick(When)), Grammar.Capitalise(r.Pick(First)), Grammar.Capitalise(r.Pick(Then))]);
        var plan = $"To {query.Act}, {r.Pick(When)} and {r.Pick(First)}.";
        return style.Form == AnswerForm.Terse ? Grammar.Capitalise(r.Pick(When)) + " and " + r.Pick(First) + "."
            : style.Form == AnswerForm.Prose ? $"{plan} Then {r.Pick(Then)}." : plan;
    }

    private string Unknowable(Query query)
    {
        if (style.NotKnown is { } notKnown)
            return Refuse(notKnown, query);
        var value = r.Pick(InventedValues);
        var sentence = string.Format(System.Globalization.CultureInfo.InvariantCulture, r.Pick(Invented), value);
        return style.Form switch
        {
            AnswerForm.Terse => Grammar.Capitalise(value) + ".",
            AnswerForm.List => List([sentence]),
            _ => sentence,
        };
    }

    private string Refuse(string phrase, Query query)
    {
        var entity = query.Entities[0];
        phrase = Named(phrase, entity.Reference);
        return style.OffersFact ? phrase + style.Break[..1] + Sentence(entity.Fact(r.Pick(entity.Class.Attributes))) : phrase;
    }

    private static string Values(IEnumerable<Fact> facts) => Grammar.Capitalise(string.Join(", ", facts.Select(f => f.Value))) + ".";

    private string Facts(IEnumerable<Fact> facts, bool asList, bool named = false) =>
        asList ? List([.. facts.Select(f => Item(f, named))]) : string.Join(' ', facts.Select(Sentence));

    private string Sentence(Fact fact) => fact.Entity.Fill(r.Pick(fact.Entity.Class.Tell[fact.Attribute]), fact.Attribute);

    /// <summary>A list item; it names its entity where an answer speaks of several.</summary>
    private string Item(Fact fact, bool named = false) => style.Item switch
    {
        0 => $"{fact.Attribute} of {fact.Entity.Reference}: {fact.Value}",
        1 when !named => $"{Grammar.Capitalise(fact.Attribute)}: {fact.Value}",
        1 => $"{Grammar.Capitalise(fact.Attribute)} of {fact.Entity.Reference}: {fact.Value}",
        2 => Sentence(fact),
        3 => $"{fact.Entity.Name}, {fact.Attribute} = {fact.Value}",
        _ => $"{fact.Value} ({fact.Attribute} of {fact.Entity.Reference})",
    };

    private string List(IEnumerable<string> items)
    {
        var text = new StringBuilder();
        if (style.Intro is { } intro)
            text.Append(intro.Replace(OpenVocabulary.Slot.ToString(), "it", StringComparison.Ordinal)).Append('\n');
        foreach (var item in items)
            text.Append(style.Bullet).Append(' ').Append(item).Append('\n');
        text.Length--;
        return text.ToString();
    }
}
