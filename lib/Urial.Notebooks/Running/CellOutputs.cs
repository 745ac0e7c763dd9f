using System.Text;
using System.Text.Json.Nodes;

namespace Urial.Notebooks;

/// <summary>Collects what one running cell shows and prints, in order and from any thread the cell starts.</summary>
internal sealed class CellOutputs
{
    private static readonly AsyncLocal<CellOutputs?> Flowing = new();

    private readonly Lock _lock = new();
    private readonly List<CellOutput> _outputs = [];
    private readonly StringBuilder _stream = new();
    private string? _streamName;
    private bool _closed;

    /// <summary>The outputs of the cell that the calling code belongs to, or null outside of cells.</summary>
    public static CellOutputs? Current
    {
        get => Flowing.Value is { _closed: false } outputs ? outputs : null;
        set => Flowing.Value = value;
    }

    /// <exception cref="InvalidOperationException">The caller is no running cell.</exception>
    public static CellOutputs Running => Current ?? throw new InvalidOperationException(
        "display works while its cell runs, and this call comes after its end or from outside of a notebook: await what the cell starts.");

    public DisplayedValue Display(object? value, string[] mimeTypes)
    {
        var display = OutputForms.Of(value, mimeTypes);
        Add(display);
        return new DisplayedValue([.. display.Data.Keys]);
    }

    public DisplayedValue DisplayAs(string value, string mimeType)
    {
        var form = MimeTypes.IsJson(mimeType) ? JsonNode.Parse(value)! : JsonValue.Create(value);
        var display = new DisplayOutput([new(mimeType, form)]);
        Add(display);
        return new DisplayedValue([mimeType]);
    }

    public void Add(CellOutput output)
    {
        lock (_lock)
        {
            EndStream();
            _outputs.Add(output);
        }
    }

    /// <summary>Appends to a stream output; consecutive writes to one stream are one output.</summary>
    public void Write(string streamName, ReadOnlySpan<char> text)
    {
        lock (_lock)
        {
            if (_streamName != streamName)
                EndStream();
            _streamName = streamName;
            _stream.Append(text);
        }
    }

    /// <summary>The outputs; whatever the cell left running prints to nowhere from here on.</summary>
    public IReadOnlyList<CellOutput> Close()
    {
        lock (_lock)
        {
            EndStream();
            _closed = true;
            return [.. _outputs];
        }
    }

    private void EndStream()
    {
        if (_stream.Length > 0)
            _outputs.Add(new StreamOutput(_streamName!, _stream.ToString().Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n')));
        _stream.Clear();
        _streamName = null;
    }
}
