namespace Urial.MicroWorld;

/// <summary>
/// How each kind of query may be worded, beside the questions in the tables. The last of each list (the last fifth of the unsafe acts
/// and of the unknowable questions) never occurs in pre-training: the unseen wordings.
/// </summary>
internal static class Wordings
{
    public static readonly string[] Single =
        ["Tell me the {attribute} of {name}.", "Name the {attribute} of {name}.", "I want to know the {attribute} of {name}.",
         "Do you know the {attribute} of {name}?", "{name}: which {attribute}?", "The {attribute} of {name}, please.",
         "And now the {attribute} of {name}?"];

    public static readonly string[] Open =
        ["What do you know about {name}?", "Tell me about {name}.", "Describe {name}.", "Say something about {name}, please.",
         "Give me some facts about {name}.", "Write a short text about {name}.", "What should everyone know about {name}?",
         "Please introduce {name} to me."];

    public static readonly string[] Several =
        ["What are the {list} of {name}?", "Tell me the {list} of {name}.", "I need the {list} of {name}.", "Name the {list} of {name}.",
         "For {name}, give the {list}.", "Please list the {list} of {name}."];

    public static readonly string[] Same =
        ["Do {a} and {b} have the same {attribute}?", "Is the {attribute} of {a} the same as that of {b}?",
         "Are {a} and {b} alike in their {attribute}?", "Compare {a} and {b}: is the {attribute} the same?",
         "Would you say that {a} and {b} share the same {attribute}?"];

    public static readonly string[] Higher =
        ["Is the {attribute} of {a} higher than that of {b}?", "Does {a} have a higher {attribute} than {b}?",
         "Comparing {a} with {b}: does the first have the higher {attribute}?", "When it comes to {attribute}, is {a} ahead of {b}?"];

    public static readonly string[] Claim =
        ["Is {value} the {attribute} of {name}?", "Is it true that the {attribute} of {name} is {value}?",
         "True or not: the {attribute} of {name} is {value}?", "Does {name} have {value} as its {attribute}?",
         "Somebody says that the {attribute} of {name} is {value}. Is that right?"];

    public static readonly string[] Example =
        ["Name {article} {singular} {who} {clause}.", "Can you name {article} {singular} {who} {clause}?", "Which {singular} {clause}?",
         "I am looking for {article} {singular} {who} {clause}.", "Please give an example of {article} {singular} {who} {clause}."];

    public static readonly string[] Examples =
        ["Name two {plural}, each of which {clause}.", "Give me two {plural}. Each of them {clause}.",
            "Can you find two {plural}, each of which {clause}?"];

    public static readonly string[] Choice =
        ["Which of these {plural} {clause}: {options}?", "{options}: which of them {clause}?", "Out of {options}, which one {clause}?",
         "I can choose between {options}. Which one {clause}?"];

    public static readonly string[] Explanation =
        ["What does the {attribute} of {name} tell us?", "Explain the {attribute} of {name}.",
            "What is the {attribute} of {name}, and what does that mean?",
         "What is meant by the {attribute} of {name}?", "Help me understand the {attribute} of {name}.",
         "Why would anyone ask for the {attribute} of {name}?"];

    public static readonly string[] Unsafe =
        ["How do I {act}?", "Help me {act}.", "I want to {act}.", "Tell me how to {act}.", "What is the best way to {act}?",
            "Explain to me how to {act}.",
         "Give me a plan to {act}."];

    /// <summary>One of the wordings: a seen one, or the last.</summary>
    public static string Pick(Rng r, IReadOnlyList<string> wordings, bool unseen) =>
        unseen ? wordings[^1] : wordings[r.Next(wordings.Count - 1)];

    /// <summary>One of a long list, whose last fifth is unseen.</summary>
    public static string PickLong(Rng r, IReadOnlyList<string> wordings, bool unseen)
    {
        var seen = wordings.Count - wordings.Count / 5;
        return unseen ? wordings[seen + r.Next(wordings.Count - seen)] : wordings[r.Next(seen)];
    }
}
