using System.Text.Json;

namespace Urial;

/// <summary>The tokens that a page shows, each once: positions name them by their place here.</summary>
internal sealed class RunVocabulary
{
    private readonly Dictionary<int, int> _answers = [];
    private readonly Dictionary<string, int> _names = new(StringComparer.Ordinal);
    private readonly List<(string Shown, int Form)> _tokens = [];

    /// <summary>The place of a token of an answer.</summary>
    public int Of(TokenText token)
    {
        if (!_answers.TryGetValue(token.Id, out var place))
            _answers[token.Id] = place = Add(
                token.Shown, (token.IsSpecial || token.IsByteFragment ? 4 : 0) + HeatmapHtml.LineBreaks(token));
        return place;
    }

    /// <summary>The place of a top token.</summary>
    public int Of(ShiftedAnswer answer, TopToken token)
    {
        if (_answers.TryGetValue(token.Id, out var place))
            return place;
        var name = TokenNames.Of(answer, token);
        return _names.TryGetValue(name, out place) ? place : _names[name] = Add(name, 0);
    }

    /// <summary>Writes what the tokens are shown as, and their form: line ends behind them, and 4 for specials and parts of characters.
    /// </summary>
    public void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteStartArray("shown");
        foreach (var (shown, _) in _tokens)
            json.WriteStringValue(VisibleText.Of(ShortText.Of(shown, RunPageData.WidestToken)));
        json.WriteEndArray();
        json.WriteStartArray("form");
        foreach (var (_, form) in _tokens)
            json.WriteNumberValue(form);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private int Add(string shown, int form)
    {
        _tokens.Add((shown, form));
        return _tokens.Count - 1;
    }
}
