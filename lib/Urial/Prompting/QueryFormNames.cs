namespace Urial;

/// <summary>The words of each <see cref="QueryForm"/>.</summary>
public static class QueryFormNames
{
    /// <summary>The word on the command line and in manifests.</summary>
    /// <param name="form">The form.</param>
    public static string Word(this QueryForm form) => form == QueryForm.Later ? "later" : "paper";

    /// <summary>The form that an option such as <c>--query-form paper</c> names.</summary>
    /// <param name="name"><c>paper</c> or <c>later</c>.</param>
    /// <exception cref="UrialException">Another name.</exception>
    public static QueryForm Parse(string name) => name switch
    {
        "paper" => QueryForm.Paper,
        "later" => QueryForm.Later,
        _ => throw new UrialException(
            $"Unknown query form '{name}': choose paper (as the examples of the file are) or later (fences on lines of their own)."),
    };
}
