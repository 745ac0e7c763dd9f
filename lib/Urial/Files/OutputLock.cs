namespace Urial;

/// <summary>
/// Held on a run's output files from before the first costly thing until the last byte is written, so that a second run into one of them
/// is refused at once. The system lets go of it when a process dies, however it dies.
/// </summary>
/// <remarks>
/// The lock is on a file beside the output (its name and <c>.lock</c>), since the output itself is replaced when it is finished. A symbolic
/// link is followed first: two spellings of one file are one lock. A process that is killed leaves the <c>.lock</c> file behind, unlocked;
/// the next run takes it and removes it.
/// </remarks>
internal sealed class OutputLock : IDisposable
{
    private const int Tries = 20;
    private const int LongestMark = 1 << 16; // bytes

    // ERROR_SHARING_VIOLATION, EAGAIN
    private static readonly int Locked = OperatingSystem.IsWindows() ? 32 : OperatingSystem.IsMacOS() ? 35 : 11;

    private readonly List<(string Path, FileStream Stream)> _held = [];

    private OutputLock() => AppDomain.CurrentDomain.ProcessExit += Release;

    /// <summary>Locks files. They need not be there; their folders are created.</summary>
    /// <param name="files">The files that will be written.</param>
    /// <exception cref="UrialException">Another run is writing one of them, or its folder cannot be written.</exception>
    public static OutputLock Take(params string[] files)
    {
        var all = new OutputLock();
        try
        {
            foreach (var (file, real) in files.Select(file => (file, Real: FilePaths.Real(file))).DistinctBy(pair => pair.Real))
                all.Add(file, real);
            return all;
        }
        catch
        {
            all.Dispose();
            throw;
        }
    }

    /// <summary>Opens a file for this handle alone; null where another has it.</summary>
    /// <exception cref="IOException">It cannot be opened for another reason.</exception>
    public static FileStream? TryOpen(string path, FileMode mode, FileAccess access)
    {
        try
        {
            return new FileStream(path, mode, access, FileShare.None);
        }
        catch (IOException e) when ((e.HResult & 0xFFFF) == Locked)
        {
            return null;
        }
    }

    /// <summary>Lets go of all files and leaves nothing beside them.</summary>
    public void Dispose()
    {
        AppDomain.CurrentDomain.ProcessExit -= Release;
        lock (_held)
        {
            foreach (var (path, stream) in _held)
                LetGo(path, stream);
            _held.Clear();
        }
    }

    private void Release(object? sender, EventArgs e) => Dispose();

    private void Add(string file, string real)
    {
        var path = real + ".lock";
        try
        {
            if (Directory.Exists(real))
                throw new UrialException($"Cannot write {file}: it is a folder. Name a file.");
            Directory.CreateDirectory(Path.GetDirectoryName(real)!);
            for (var tries = 0; tries < Tries; tries++)
            {
                if (TryOpen(path, FileMode.OpenOrCreate, FileAccess.ReadWrite) is not { } stream)
                    break;
                if (IsNamed(path, stream))
                {
                    _held.Add((path, stream));
                    return;
                }
            }
            throw new UrialException($"Cannot write {file}: another run is writing it. Wait until it has ended, or choose another --out.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UrialException($"Cannot write {file}: {e.Message} Choose a folder that can be written and has room.", e);
        }
    }

    // Outside Windows a file can be removed while another process is about to lock it: that one then holds a lock on nothing, and a third
    // could lock a new file of the same name. So whoever has a lock makes sure that the name still leads to the very file that it locked:
    // it gives the file a length by chance, and looks at the length under the name. Only who has seen that ever removes the name.
    private static bool IsNamed(string path, FileStream stream)
    {
        if (OperatingSystem.IsWindows())
            return true; // there a file that is open keeps its name
        var isNamed = false;
        try
        {
            var mark = Random.Shared.Next(1, LongestMark);
            stream.SetLength(mark);
            isNamed = new FileInfo(path) is { Exists: true } named && named.Length == mark;
            return isNamed;
        }
        finally
        {
            if (!isNamed)
                stream.Dispose();
        }
    }

    private static void LetGo(string path, FileStream stream)
    {
        using (stream)
            try
            {
                if (OperatingSystem.IsWindows())
                    stream.Dispose(); // what is open cannot be removed there; elsewhere it is removed before the lock is gone
                File.Delete(path);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // Another run has it by now, or the folder is gone: what may be left there is unlocked and in nobody's way.
            }
    }
}
