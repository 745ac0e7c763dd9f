using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Urial.Notebooks;

/// <summary>
/// JSON as Jupyter writes it into notebooks: sorted keys, one space of indentation, LF, no escapes that JSON does not ask for.
/// A file saved by Jupyter or VS Code and saved again here differs only where its content does.
/// </summary>
internal static class NotebookJson
{
    public static string Write(JsonNode? node)
    {
        var text = new StringBuilder();
        Write(node, text, depth: 0, indented: true);
        return text.Append('\n').ToString();
    }

    /// <summary>On one line, for comparing.</summary>
    public static string WriteCompact(JsonNode? node)
    {
        var text = new StringBuilder();
        Write(node, text, depth: 0, indented: false);
        return text.ToString();
    }

    private static void Write(JsonNode? node, StringBuilder text, int depth, bool indented)
    {
        switch (node)
        {
            case null:
                text.Append("null");
                break;
            case JsonObject properties:
                WriteItems(properties.OrderBy(p => p.Key, StringComparer.Ordinal), '{', '}', text, depth, indented, property =>
                {
                    WriteString(property.Key, text);
                    text.Append(indented ? ": " : ":");
                    Write(property.Value, text, depth + 1, indented);
                });
                break;
            case JsonArray items:
                WriteItems(items, '[', ']', text, depth, indented, item => Write(item, text, depth + 1, indented));
                break;
            case JsonValue value when value.GetValueKind() == JsonValueKind.String:
                WriteString(value.GetValue<string>(), text);
                break;
            default:
                text.Append(node.ToJsonString());
                break;
        }
    }

    private static void WriteItems<T>(
        IEnumerable<T> items, char open, char close, StringBuilder text, int depth, bool indented, Action<T> write)
    {
        text.Append(open);
        var any = false;
        foreach (var item in items)
        {
            if (any)
                text.Append(',');
            if (indented)
                text.Append('\n').Append(' ', depth + 1);
            write(item);
            any = true;
        }
        if (any && indented)
            text.Append('\n').Append(' ', depth);
        text.Append(close);
    }

    private static void WriteString(string value, StringBuilder text)
    {
        text.Append('"');
        for (var i = 0; i < value.Length; i++)
        {
            var c = value[i];
            var paired = char.IsHighSurrogate(c) ? i + 1 < value.Length && char.IsLowSurrogate(value[i + 1])
                : char.IsLowSurrogate(c) && i > 0 && char.IsHighSurrogate(value[i - 1]);
            _ = c switch
            {
                '"' => text.Append("\\\""),
                '\\' => text.Append("\\\\"),
                '\n' => text.Append("\\n"),
                '\r' => text.Append("\\r"),
                '\t' => text.Append("\\t"),
                '\b' => text.Append("\\b"),
                '\f' => text.Append("\\f"),
                < ' ' => Escape(c, text),
                _ when char.IsSurrogate(c) && !paired => Escape(c, text), // half a character has no UTF-8
                _ => text.Append(c),
            };
        }
        text.Append('"');
    }

    private static StringBuilder Escape(char c, StringBuilder text) =>
        text.Append("\\u").Append(((int)c).ToString("x4", CultureInfo.InvariantCulture));
}
