namespace Urial;

/// <summary>A template's tokens with a place among them.</summary>
internal sealed class JinjaTokens(List<JinjaToken> tokens, JinjaSource file)
{
    private int _at;

    /// <summary>The token at the place.</summary>
    public JinjaToken Current => tokens[_at];

    /// <summary>The token after it.</summary>
    public JinjaToken Next => tokens[Math.Min(_at + 1, tokens.Count - 1)];

    /// <summary>
    /// How many ifs are around the place. What stands in one may never be reached, so an unknown filter or test there is an error only
    /// when it is, as in Jinja.
    /// </summary>
    public int Ifs { get; set; }

    /// <summary>The current token; the place moves on, but never past the end.</summary>
    public JinjaToken Take() => tokens[_at < tokens.Count - 1 ? _at++ : _at];

    /// <summary>Whether the current token is a certain sign, which is then taken.</summary>
    public bool Accept(string sign)
    {
        if (!Current.IsOperator(sign))
            return false;
        Take();
        return true;
    }

    /// <summary>Whether the current token is a certain name or keyword, which is then taken.</summary>
    public bool AcceptName(string name)
    {
        if (!Current.IsName(name))
            return false;
        Take();
        return true;
    }

    /// <summary>Takes a token that must be of a certain kind.</summary>
    public JinjaToken Expect(JinjaTokenKind kind, string wanted) => Current.Kind == kind ? Take() : throw Unexpected(wanted);

    /// <summary>Takes a sign that must be there.</summary>
    public void ExpectOperator(string sign)
    {
        if (!Accept(sign))
            throw Unexpected(sign);
    }

    /// <summary>Takes a keyword that must be there.</summary>
    public void ExpectName(string name)
    {
        if (!AcceptName(name))
            throw Unexpected(name);
    }

    /// <summary>Where the place is.</summary>
    public int Place => _at;

    /// <summary>The tokens between another place and this one.</summary>
    public IEnumerable<JinjaToken> Since(int place) => tokens.Take(_at).Skip(place);

    /// <summary>What to throw where something else was wanted.</summary>
    public UrialException Unexpected(string wanted) => file.Error(Current.Line, $"{wanted} was expected, not {Current}");

    /// <summary>Refuses a name that stands for nothing, unless it may never be reached.</summary>
    public void CheckKnown(JinjaToken name, Func<string, object> find)
    {
        if (Ifs > 0)
            return;
        try
        {
            find(name.Text);
        }
        catch (JinjaFault fault)
        {
            throw file.Error(name.Line, fault.Message);
        }
    }

    /// <summary>Refuses what is nested more deeply than the stack holds.</summary>
    public void CheckDepth()
    {
        try
        {
            JinjaDepth.Check();
        }
        catch (JinjaFault fault)
        {
            throw file.Error(Current.Line, fault.Message);
        }
    }
}
