using System.Globalization;
using System.Text;

namespace Urial.Notebooks;

/// <summary>What a cell produced, put together from its host's messages.</summary>
internal sealed class CellResults
{
    /// <summary>How many characters of displayed values a cell may produce; pages and notebooks with more open nowhere.</summary>
    private const long MostShown = 32_000_000;

    private readonly int _number;
    private readonly CellErrors _errors;
    private readonly List<CellOutput> _outputs = [];
    private readonly StringBuilder _stream = new();
    private string? _streamName;
    private long _shown;

    /// <param name="number">The code cell's number, from 1.</param>
    /// <param name="errors">Writes the notebook's errors.</param>
    public CellResults(int number, CellErrors errors) => (_number, _errors) = (number, errors);

    /// <summary>What ended the cell, or null.</summary>
    public CellFailure? Failure { get; private set; }

    /// <summary>Adds what a message brings; consecutive writes to one stream are one output.</summary>
    public void Add(HostMessage message)
    {
        switch (message.Kind)
        {
            case HostMessageKind.Printed:
                Print(message.Texts[0], message.Texts[1]);
                break;
            case HostMessageKind.Displayed:
                Show(message, null);
                break;
            case HostMessageKind.Returned:
                Show(message, _number);
                break;
            case HostMessageKind.NotCompiled:
                Fail(_errors.NotCompiled(_number, message.Texts));
                break;
            case HostMessageKind.Thrown:
                Fail(_errors.Thrown(_number, message.Texts));
                break;
        }
    }

    /// <summary>Adds an error that the cell did not raise itself.</summary>
    public void Fail((ErrorOutput Output, CellFailure Failure) error)
    {
        EndStream();
        _outputs.Add(error.Output);
        Failure = error.Failure;
    }

    /// <summary>The outputs, in order.</summary>
    public IReadOnlyList<CellOutput> Outputs()
    {
        EndStream();
        return _outputs;
    }

    private void Show(HostMessage message, int? executionCount)
    {
        var before = _shown;
        _shown += message.Texts.Sum(text => (long)text.Length);
        if (_shown <= MostShown)
        {
            EndStream();
            if (OutputForms.Of(message.Texts, executionCount) is { } output)
                _outputs.Add(output);
        }
        else if (before <= MostShown)
            Print("stderr", string.Create(CultureInfo.InvariantCulture,
                $"[The cell displayed more than {MostShown:N0} characters; the rest is left out.]\n"));
    }

    private void Print(string streamName, string text)
    {
        if (_streamName != streamName)
            EndStream();
        _streamName = streamName;
        _stream.Append(text);
    }

    private void EndStream()
    {
        if (_stream.Length > 0)
            _outputs.Add(new StreamOutput(_streamName!, CellText.Of(_stream.ToString())));
        _stream.Clear();
        _streamName = null;
    }
}
