using System.Text;

namespace Urial.Notebooks;

/// <summary>
/// Sets the TeX of Markdown formulas as MathML, which browsers draw without script or fonts of ours. It knows what the
/// chapters use: scripts, fractions, roots, sums, alphabets, accents, delimiters, aligned lines. A command it does not
/// know stays readable as it was written.
/// </summary>
internal sealed class MathMl
{
    private readonly string _tex;
    private readonly bool _display;
    private int _at;

    private MathMl(string tex, bool display) => (_tex, _display) = (tex, display);

    /// <summary>A formula as a <c>math</c> element.</summary>
    public static string Of(string tex, bool display) =>
        $"<math{(display ? " display=\"block\"" : "")} "
            + $"alttext=\"{PageText.Html(tex.Trim())}\">{new MathMl(tex.Trim(), display).Row(stop: null)}</math>";

    private bool More => _at < _tex.Length;

    /// <summary>Everything up to <paramref name="stop"/>, which is left standing.</summary>
    private string Row(string? stop)
    {
        var row = new StringBuilder();
        while (More && (stop is null || !Ahead(stop)))
            row.Append(Scripted());
        return $"<mrow>{row}</mrow>";
    }

    private bool Ahead(string text) => string.CompareOrdinal(_tex, _at, text, 0, text.Length) == 0;

    private void SkipSpace()
    {
        while (More && char.IsWhiteSpace(_tex[_at]))
            _at++;
    }

    private string Scripted()
    {
        SkipSpace();
        if (!More)
            return "";
        var (atom, limits) = Atom();
        string? below = null, above = null;
        for (SkipSpace(); More && _tex[_at] is '_' or '^' or '\''; SkipSpace())
        {
            var mark = _tex[_at++];
            var script = mark == '\'' ? "<mo>′</mo>" : Argument();
            if (mark == '_')
                below = script;
            else
                above = above is null ? script : $"<mrow>{above}{script}</mrow>";
        }
        var (under, over, both) = limits && _display ? ("munder", "mover", "munderover") : ("msub", "msup", "msubsup");
        return (below, above) switch
        {
            (null, null) => atom,
            (_, null) => $"<{under}>{atom}{below}</{under}>",
            (null, _) => $"<{over}>{atom}{above}</{over}>",
            _ => $"<{both}>{atom}{below}{above}</{both}>",
        };
    }

    private string Argument()
    {
        SkipSpace();
        return More ? Atom().Element : "<mrow></mrow>";
    }

    private (string Element, bool Limits) Atom()
    {
        var c = _tex[_at];
        if (c == '\\')
            return Command();
        if (c == '{')
            return (Group(), false);
        var start = _at++;
        if (char.IsAsciiDigit(c))
        {
            while (More && (char.IsAsciiDigit(_tex[_at])
                || (_tex[_at] is '.' or ',' && _at + 1 < _tex.Length && char.IsAsciiDigit(_tex[_at + 1]))))
                _at++;
            return ($"<mn>{_tex[start.._at]}</mn>", false);
        }
        if (char.IsHighSurrogate(c) && More)
            _at++;
        var text = PageText.Html(_tex[start.._at]);
        return (char.IsLetter(c) ? $"<mi>{text}</mi>" : c switch
        {
            '-' => "<mo>−</mo>",
            '~' => "<mspace width=\".33em\"/>",
            '|' => "<mo stretchy=\"false\">|</mo>",
            '(' or ')' or '[' or ']' => $"<mo stretchy=\"false\">{c}</mo>",
            _ => $"<mo>{text}</mo>",
        }, false);
    }

    private string Group()
    {
        _at++;
        var row = Row("}");
        _at += More ? 1 : 0;
        return row;
    }

    private (string Element, bool Limits) Command()
    {
        var start = ++_at;
        while (More && char.IsAsciiLetter(_tex[_at]))
            _at++;
        if (_at == start && More)
            _at++;
        var name = _tex[start.._at];
        if (MathSymbols.Large.TryGetValue(name, out var large))
            return ($"<mo>{large}</mo>", true);
        if (MathSymbols.Limits.Contains(name))
            return (Function(name), true);
        return (name switch
        {
            "frac" or "tfrac" or "dfrac" => $"<mfrac>{Argument()}{Argument()}</mfrac>",
            "sqrt" => $"<msqrt>{Argument()}</msqrt>",
            "text" or "textrm" or "textit" or "texttt" or "mbox" =>
                $"<mtext>{PageText.Html(Raw()).Replace(" ", "\u00a0", StringComparison.Ordinal)}</mtext>",
            "mathrm" or "operatorname" or "mathsf" or "mathtt" or "mathit" =>
                $"<mi mathvariant=\"normal\">{PageText.Html(Raw().Replace("\\,", " ", StringComparison.Ordinal))}</mi>",
            "mathbf" or "boldsymbol" or "bm" => $"<mrow style=\"font-weight:bold\">{Argument()}</mrow>",
            "mathcal" or "mathbb" =>
                $"<mi mathvariant=\"normal\">{string.Concat(Raw().Select(letter => MathSymbols.Alphabet(name, letter)))}</mi>",
            "left" or "right" or "big" or "Big" or "bigl" or "bigr" or "Bigl" or "Bigr" => Delimiter(),
            "begin" => Lines(),
            "|" => "<mo stretchy=\"false\">‖</mo>",
            "!" or "limits" or "nolimits" or "displaystyle" => "",
            "%" or "{" or "}" or "$" or "#" or "&" or "_" => $"<mo>{PageText.Html(name)}</mo>",
            " " or "\\" => "<mspace width=\".33em\"/>",
            _ when MathSymbols.Accents.TryGetValue(name, out var accent) => $"<mover accent=\"true\">{Argument()}<mo>{accent}</mo></mover>",
            _ when MathSymbols.Spaces.TryGetValue(name, out var width) => $"<mspace width=\"{width}\"/>",
            _ when MathSymbols.Functions.Contains(name) => Function(name),
            _ when MathSymbols.Letters.TryGetValue(name, out var letter) => $"<mi>{letter}</mi>",
            _ when MathSymbols.Operators.TryGetValue(name, out var sign) =>
                $"<mo{(sign is "|" or "‖" ? " stretchy=\"false\"" : "")}>{PageText.Html(sign)}</mo>",
            _ => $"<mtext>\\{PageText.Html(name)}</mtext>",
        }, false);
    }

    /// <summary>An operator rather than an identifier: it keeps its distance on both sides, subscript included.</summary>
    private static string Function(string name) => $"<mo lspace=\".14em\" rspace=\".14em\" movablelimits=\"false\">{name}</mo>";

    private string Delimiter()
    {
        SkipSpace();
        if (!More)
            return "";
        if (_tex[_at] == '.')
        {
            _at++;
            return "";
        }
        return Atom().Element.Replace(" stretchy=\"false\"", "", StringComparison.Ordinal);
    }

    /// <summary>The characters of a braced argument, unread.</summary>
    private string Raw()
    {
        SkipSpace();
        if (!More || _tex[_at] != '{')
            return More ? _tex[_at++].ToString() : "";
        var start = ++_at;
        for (var depth = 1; More; _at++)
        {
            depth += _tex[_at] switch { '{' => 1, '}' => -1, _ => 0 };
            if (depth == 0)
                break;
        }
        var text = _tex[start.._at];
        _at += More ? 1 : 0;
        return text;
    }

    /// <summary>An environment of lines: cells end at &amp;, lines at \\.</summary>
    private string Lines()
    {
        var name = Raw();
        var end = $"\\end{{{name}}}";
        var close = _tex.IndexOf(end, _at, StringComparison.Ordinal);
        var body = _tex[_at..(close < 0 ? _tex.Length : close)];
        _at = close < 0 ? _tex.Length : close + end.Length;
        var rows = body.Split("\\\\").Where(line => line.Trim().Length > 0).Select(line =>
            $"<mtr>{string.Concat(line.Split('&').Select(Cell))}</mtr>");
        string Cell(string cell, int column) =>
            $"<mtd style=\"text-align:{(column % 2 == 0 ? "right" : "left")}\">{new MathMl(cell, _display).Row(null)}</mtd>";

        return $"{(name == "cases" ? "<mo>{</mo>" : "")}<mtable displaystyle=\"true\">{string.Concat(rows)}</mtable>";
    }
}
