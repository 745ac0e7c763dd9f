namespace Urial;

/// <summary>
/// A template in the part of Jinja that simple chat templates use: for, if, set; strings, whole numbers, comparisons, <c>+ - % ~</c>,
/// <c>and or not in is</c>, slices, <c>loop</c>, trim and strip, <c>raise_exception</c>. Everything else is refused by name.
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
    /// <param name="variables">Values: null, bool, long, double, string, lists of values, dictionaries from string to value.</param>
    /// <exception cref="UrialException">An operation does not fit its values, or the template raises an error.</exception>
    public string Render(IReadOnlyDictionary<string, object?> variables) => new JinjaEvaluator(_source).Render(_statements, variables);
}
