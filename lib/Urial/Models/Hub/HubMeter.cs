namespace Urial;

/// <summary>Adds up the bytes of several files and tells of them.</summary>
internal sealed class HubMeter(Action<HubProgress>? progress)
{
    private readonly Dictionary<string, long> _done = new(StringComparer.Ordinal);
    private long _total;

    /// <summary>Bytes that were received, whatever became of them.</summary>
    public long Received { get; private set; }

    /// <summary>Files that are to be there at the end.</summary>
    public void Expect(IEnumerable<RemoteFile> files) => _total += files.Sum(file => file.Size ?? 0);

    /// <summary>How much of a file is there.</summary>
    public void At(RemoteFile file, long done, long received = 0)
    {
        _done[file.Name] = done;
        Received += received;
        progress?.Invoke(new HubProgress(file.Name, done, file.Size, _done.Values.Sum(), _total));
    }

    /// <summary>Tells something.</summary>
    public void Note(string note) => progress?.Invoke(new HubProgress(null, 0, null, _done.Values.Sum(), _total, note));
}
