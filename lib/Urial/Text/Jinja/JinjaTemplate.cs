namespace Urial;

/// <summary>
/// A template in Jinja, as far as chat templates use the language: its statements (without those that load other templates), its
/// operators, filters, tests and functions, and Python's strings, lists and dictionaries, in the immutable sandbox that transformers
/// renders them in. What is not supported is refused by name and line.
/// </summary>
internal sealed class JinjaTemplate
{
    private readonly IReadOnlyList<JinjaStatement> _statements;
    private readonly JinjaSource _source;

    private JinjaTemplate(string source, string file)
    {
        _source = new JinjaSource(file);
        _statements = new JinjaParser(JinjaLexer.Read(source, _source), _source).Template();
    }

    /// <summary>Reads a template.</summary>
    /// <param name="source">The template.</param>
    /// <param name="file">The file that it comes from, for messages.</param>
    /// <exception cref="UrialException">It is wrong or uses something unsupported; the message names it and its line.</exception>
    public static JinjaTemplate Parse(string source, string file) => new(source, file);

    /// <summary>Fills the template.</summary>
    /// <param name="variables">Values by name.</param>
    /// <param name="now">The time, for <c>strftime_now</c>.</param>
    /// <exception cref="UrialException">An operation does not fit its values, or the template raises an error.</exception>
    public string Render(JinjaDict variables, Func<DateTimeOffset> now) => new JinjaEvaluator(_source, now).Render(_statements, variables);
}
