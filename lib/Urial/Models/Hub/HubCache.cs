namespace Urial;

/// <summary>
/// A repository's place in the cache that Python's <c>huggingface_hub</c> shares: <c>blobs</c> by ETag, <c>refs</c> that hold commits,
/// <c>snapshots</c> of links to blobs (https://huggingface.co/docs/huggingface_hub/guides/manage-cache).
/// </summary>
internal sealed class HubCache(HubSettings settings, HubId id)
{
    private static readonly TimeSpan LockPause = TimeSpan.FromSeconds(0.1);

    private readonly string _folder = Path.Combine(settings.CacheDirectory, id.Folder);

    /// <summary>The folder of a commit's files.</summary>
    public string Snapshot(string commit) => Path.Combine(_folder, "snapshots", commit);

    /// <summary>A file as a snapshot shows it.</summary>
    public string File(string commit, string name) => Path.Combine([Snapshot(commit), .. name.Split('/')]);

    /// <summary>A file's content.</summary>
    public string Blob(string etag) => Path.Combine(_folder, "blobs", etag);

    /// <summary>What is there of a file that is not complete.</summary>
    public string Incomplete(string etag) => Blob(etag) + ".incomplete";

    /// <summary>Whether a commit's file is there; a link that leads nowhere is not.</summary>
    public bool Has(string commit, string name) => IsThere(File(commit, name));

    /// <summary>Whether a file's content is there, under this commit or another.</summary>
    public bool HasBlob(RemoteFile file) =>
        new FileInfo(Blob(file.ETag)) is { Exists: true } blob && (file.Size is not { } size || blob.Length == size);

    /// <summary>The commit that a revision led to when it was last asked for; null where it never was.</summary>
    public string? CommitOf(string revision)
    {
        if (HubListing.IsCommit(revision))
            return revision;
        var file = Ref(revision);
        return System.IO.File.Exists(file) && InputFile.Text(file, "cached revision").Trim() is var commit && HubListing.IsCommit(commit)
            ? commit : null;
    }

    /// <summary>Keeps which commit a revision leads to.</summary>
    public void Remember(string revision, string commit)
    {
        if (CommitOf(revision) != commit)
            AtomicFile.WriteText(Ref(revision), commit);
    }

    /// <summary>Makes the folders that a download writes into.</summary>
    /// <exception cref="WriteException">They cannot be made.</exception>
    public void MakeFolders() => Writing(settings.CacheDirectory, () =>
    {
        Directory.CreateDirectory(Path.Combine(_folder, "blobs"));
        Directory.CreateDirectory(Path.GetDirectoryName(LockFile(""))!);
        return true;
    });

    /// <summary>
    /// Waits for the lock that Python takes too before it writes a blob. It is advisory, and gone with the process that holds it.
    /// </summary>
    /// <param name="etag">The blob.</param>
    /// <param name="waiting">Called once where another process holds the lock.</param>
    /// <param name="cancellation">Ends the waiting.</param>
    public async Task<FileStream> LockAsync(string etag, Action waiting, CancellationToken cancellation)
    {
        for (var tries = 0; ; tries++)
        {
            var held = Writing(LockFile(etag), () =>
                OutputLock.TryOpen(LockFile(etag), FileMode.OpenOrCreate, FileAccess.ReadWrite));
            if (held is not null)
                return held;
            if (tries == 0)
                waiting();
            await Task.Delay(LockPause, cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>Shows a blob as a file of a commit's snapshot: by a link or, where the system makes none, by the file itself.</summary>
    /// <param name="commit">The commit.</param>
    /// <param name="name">The file's name in the repository.</param>
    /// <param name="etag">Its blob.</param>
    /// <param name="isNew">Whether nothing else shows the blob yet, so that it may be moved.</param>
    /// <exception cref="WriteException">It cannot be written.</exception>
    public void Show(string commit, string name, string etag, bool isNew)
    {
        var shown = File(commit, name);
        Writing(shown, () =>
        {
            Directory.CreateDirectory(Path.GetDirectoryName(shown)!);
            if (IsThere(shown))
                return true;
            System.IO.File.Delete(shown); // a link that leads nowhere
            var up = string.Concat(Enumerable.Repeat("../", name.Count(letter => letter == '/') + 2));
            if (settings.Symlinks && TryLink(shown, $"{up}blobs/{etag}"))
                return true;
            var source = Blob(etag);
            if (!isNew)
            {
                source += $".{Path.GetRandomFileName()}.tmp";
                System.IO.File.Copy(Blob(etag), source);
            }
            System.IO.File.Move(source, shown, overwrite: true);
            return true;
        });
    }

    /// <summary>Does something to a file, with the errors of writing.</summary>
    public static T Writing<T>(string file, Func<T> act)
    {
        try
        {
            return act();
        }
        catch (Exception problem) when (WriteException.IsFailure(problem))
        {
            throw new WriteException($"'{file}'", problem);
        }
    }

    // Windows asks for a right, and some file systems have no links.
    private static bool TryLink(string link, string target)
    {
        try
        {
            System.IO.File.CreateSymbolicLink(link, target);
            return true;
        }
        catch (Exception problem) when (WriteException.IsFailure(problem))
        {
            return IsThere(link); // another process was first
        }
    }

    // File.Exists says yes to a link that leads nowhere.
    private static bool IsThere(string path) => new FileInfo(path) is var file
        && (file.LinkTarget is null ? file : file.ResolveLinkTarget(returnFinalTarget: true)) is FileInfo { Exists: true };

    private string Ref(string revision) => Path.Combine([_folder, "refs", .. revision.Split('/')]);

    private string LockFile(string etag) => Path.Combine(settings.CacheDirectory, ".locks", id.Folder, etag + ".lock");
}
