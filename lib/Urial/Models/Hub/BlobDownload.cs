using System.Net;

namespace Urial;

/// <summary>
/// Downloads one file into the cache. What arrives is kept in <c>ETAG.incomplete</c>, and a later try, of this process or another, goes
/// on behind it; the file gets its name when its length and hash are right.
/// </summary>
internal sealed class BlobDownload(HubRequests requests, HubCache cache, HubId id, string commit, HubMeter meter)
{
    private const long MuchProgress = 1 << 20; // bytes
    private const int FewParts = 10;

    /// <summary>Downloads a file, unless another process has done so by then, and shows it in the snapshot.</summary>
    /// <exception cref="UrialException">It cannot be downloaded, written, or is not what it should be.</exception>
    public async Task FetchAsync(RemoteFile file, CancellationToken cancellation)
    {
        await using var held = await cache.LockAsync(file.ETag,
            () => meter.Note($"waiting for another process that downloads {file.Name}"), cancellation).ConfigureAwait(false);
        var isThere = cache.HasBlob(file);
        if (!isThere && !cache.Has(commit, file.Name))
            await DownloadAsync(file, cancellation).ConfigureAwait(false);
        cache.Show(commit, file.Name, file.ETag, isNew: !isThere);
        meter.At(file, file.Size ?? new FileInfo(cache.File(commit, file.Name)).Length);
    }

    private async Task DownloadAsync(RemoteFile file, CancellationToken cancellation)
    {
        var path = cache.Incomplete(file.ETag);
        for (var isSecond = false; ; isSecond = true)
        {
            var isComplete = false;
            while (!isComplete)
                isComplete = await requests.RetryAsync(token => ReceiveAsync(file, path, token), cancellation).ConfigureAwait(false);
            if (await BlobHash.FaultAsync(path, file, cancellation).ConfigureAwait(false) is not { } fault)
                break;
            HubCache.Writing(path, () =>
            {
                File.Delete(path);
                return true;
            });
            if (isSecond)
                throw new UrialException($"What was downloaded as {id}, file {file.Name}, {fault}, and so it did twice. It was removed: "
                    + "try again later, and if it stays so, the file at the hub or the way to it is damaged.");
            meter.Note($"{file.Name} {fault}: downloading it again");
        }
        HubCache.Writing(cache.Blob(file.ETag), () =>
        {
            File.Move(path, cache.Blob(file.ETag), overwrite: true);
            return true;
        });
    }

    // Whether the file is complete. A connection that breaks after much of the file came is no failed try, and there is just more to do.
    private async Task<bool> ReceiveAsync(RemoteFile file, string path, CancellationToken cancellation)
    {
        await using var target = HubCache.Writing(path, () =>
            new FileStream(path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.None, bufferSize: 0));
        if (target.Length > file.Size)
            Write(path, () => target.SetLength(0));
        if (target.Length == file.Size)
            return true;
        var from = target.Length;
        meter.At(file, from);
        using var reply = await requests.OpenAsync(id, commit, file, from, cancellation).ConfigureAwait(false);
        var range = reply.Content.Headers.ContentRange;
        if (reply.StatusCode == HttpStatusCode.RequestedRangeNotSatisfiable && file.Size is null && range?.Length == from)
            return true;
        var goesOn = reply.StatusCode == HttpStatusCode.PartialContent && range?.From == from
            && (file.Size is null || range.Length is null || range.Length == file.Size);
        if (!goesOn && from > 0)
            Write(path, () => target.SetLength(0)); // the server sends the whole file, or refuses the range
        if (!goesOn && reply.StatusCode != HttpStatusCode.OK)
            throw new ServerFault($"The server cannot send {id}, file {file.Name}, from where it was cut off. Run the same again.");
        Write(path, () => target.Seek(0, SeekOrigin.End));
        var begin = target.Length;
        try
        {
            await CopyAsync(reply, file, path, target, cancellation).ConfigureAwait(false);
        }
        catch (ServerFault) when (target.Length - begin >= Math.Min(MuchProgress, (file.Size ?? long.MaxValue) / FewParts))
        {
            return false;
        }
        Write(path, () => target.Flush(flushToDisk: true));
        return true;
    }

    private async Task CopyAsync(HttpResponseMessage reply, RemoteFile file, string path, FileStream target, CancellationToken cancellation)
    {
        var host = reply.RequestMessage?.RequestUri?.Host ?? "the server";
        await using var body = await requests.WaitAsync(host, token => reply.Content.ReadAsStreamAsync(token), cancellation)
            .ConfigureAwait(false);
        var buffer = new byte[1 << 17];
        while (await requests.WaitAsync(host, token => body.ReadAsync(buffer, token).AsTask(), cancellation)
            .ConfigureAwait(false) is var count and > 0)
        {
            if (target.Length + count > file.Size)
            {
                Write(path, () => target.SetLength(0));
                throw new ServerFault($"{host} sends more of {id}, file {file.Name}, than its {file.Size} bytes. Run the same again.");
            }
            Write(path, () => target.Write(buffer, 0, count));
            meter.At(file, target.Length, count);
        }
        if (target.Length < file.Size)
            throw new ServerFault(FormattableString.Invariant(
                $"{host} ended {id}, file {file.Name}, after {target.Length} of {file.Size} bytes. Run the same again: it goes on there."));
    }

    private static void Write(string path, Action act) => HubCache.Writing(path, () =>
    {
        act();
        return true;
    });
}
