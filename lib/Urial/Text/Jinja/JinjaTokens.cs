namespace Urial;

/// <summary>A template's tokens with a place among them.</summary>
internal sealed class JinjaTokens(List<JinjaToken> tokens, JinjaSource file)
{
    private int _at;

    /// <summary>The token at the place.</summary>
    public JinjaToken Current => tokens[_at];

    /// <summary>The token after it.</summary>
    public JinjaToken Next => tokens[Math.Min(_at + 1, tokens.Count - 1)];

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

    /// <summary>Takes a token that must be of a certain kind.</summary>
    public JinjaToken Expect(JinjaTokenKind kind, string wanted) => Current.Kind == kind ? Take() : throw Unexpected(wanted);

    /// <summary>Takes a sign that must be there.</summary>
    public void ExpectOperator(string sign)
    {
        if (!Accept(sign))
            throw Unexpected(sign);
    }

    /// <summary>What to throw where something else was wanted.</summary>
    public UrialException Unexpected(string wanted) => file.Error(Current.Line, $"{wanted} was expected, not {Current}");
}
