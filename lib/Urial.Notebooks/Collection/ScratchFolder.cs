namespace Urial.Notebooks;

/// <summary>A folder for what nobody misses: it goes with its owner, and where none can be made, there is none.</summary>
internal sealed class ScratchFolder : IDisposable
{
    /// <summary>Makes a folder of a name that begins so, among the system's temporary files.</summary>
    public ScratchFolder(string prefix)
    {
        try
        {
            Path = Directory.CreateTempSubdirectory(prefix).FullName;
        }
        catch (Exception e) when (IsFailure(e))
        {
            Path = null;
        }
    }

    /// <summary>The folder; null where there is none.</summary>
    public string? Path { get; }

    /// <summary>Removes the folder with all that is in it.</summary>
    public void Dispose()
    {
        try
        {
            if (Path is not null)
                Directory.Delete(Path, recursive: true);
        }
        catch (Exception e) when (IsFailure(e))
        {
            return; // the system removes temporary files in its time
        }
    }

    private static bool IsFailure(Exception problem) => problem is IOException or UnauthorizedAccessException;
}
