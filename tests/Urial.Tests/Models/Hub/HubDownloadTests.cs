using Urial.Tests.Runtime;

namespace Urial.Tests.Models.Hub;

/// <summary>Downloads that are cut, stalled, refused, spoilt or stopped: they end with the right bytes or a clear error.</summary>
public sealed class HubDownloadTests : IDisposable
{
    private const string Weights = "model.safetensors";

    private readonly FakeHub _hub = new FakeHub().WithModel();
    private readonly HubFolder _folder = new();

    private string Incomplete => Path.Combine(_folder.Blobs, _hub.ETag(Weights) + ".incomplete");

    public void Dispose()
    {
        _hub.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task What_an_earlier_try_left_is_gone_on_with()
    {
        LeaveIncomplete(100_000);
        var snapshot = await _folder.FetchAsync(_hub);

        _folder.AssertComplete(_hub);
        Assert.Contains("store model.safetensors bytes=100000-", _hub.Asked);
        Assert.Equal(_hub.Files[Weights].Length - 100_000, _hub.Sent[Weights]);
        Assert.Equal(snapshot.Size - 100_000, snapshot.Received);
    }

    [Theory]
    [InlineData("ignores the range")]
    [InlineData("sends another range")]
    [InlineData("refuses the range")]
    public async Task A_server_without_ranges_sends_it_all_again(string how)
    {
        LeaveIncomplete(100_000);
        _hub.Fault = (kind, file, number, context) =>
        {
            if (kind != "store" || number > 0)
                return false;
            if (how == "refuses the range")
                FakeHub.Refuse(context, 416);
            else
            {
                context.Response.StatusCode = how == "ignores the range" ? 200 : 206;
                if (context.Response.StatusCode == 206)
                    context.Response.AddHeader("Content-Range", $"bytes 5-{_hub.Files[file].Length - 1}/{_hub.Files[file].Length}");
                context.Response.OutputStream.Write(_hub.Files[file].AsSpan(context.Response.StatusCode == 206 ? 5 : 0));
                context.Response.Close();
            }
            return true;
        };
        await _folder.FetchAsync(_hub);
        _folder.AssertComplete(_hub);
    }

    [Theory]
    [InlineData(0)] // wrong from its beginning
    [InlineData(100)] // longer than the file
    public async Task What_is_there_and_wrong_is_downloaded_anew(int more)
    {
        Directory.CreateDirectory(_folder.Blobs);
        await File.WriteAllBytesAsync(Incomplete, new byte[_hub.Files[Weights].Length + more]);
        await _folder.FetchAsync(_hub);
        _folder.AssertComplete(_hub);
    }

    [Fact]
    public async Task A_complete_file_that_lacks_its_name_needs_no_request()
    {
        LeaveIncomplete(_hub.Files[Weights].Length);
        await _folder.FetchAsync(_hub);
        _folder.AssertComplete(_hub);
        Assert.DoesNotContain(_hub.Asked, asked => asked.StartsWith("store", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_connection_that_is_cut_again_and_again_is_taken_up_again()
    {
        _hub.Fault = (kind, file, number, context) =>
        {
            if (kind != "store" || number >= 9)
                return false;
            _hub.Cut(context, file, 45_000);
            return true;
        };
        await _folder.FetchAsync(_hub);
        _folder.AssertComplete(_hub);
        Assert.Contains("store model.safetensors bytes=405000-", _hub.Asked);
    }

    [Fact]
    public async Task A_body_that_ends_early_in_silence_is_taken_up_again()
    {
        _hub.Fault = (kind, file, number, context) =>
        {
            if (kind != "store" || number > 0)
                return false;
            context.Response.SendChunked = true; // without a length, an early end looks like an end
            context.Response.OutputStream.Write(_hub.Files[file].AsSpan(0, 200_000));
            context.Response.Close();
            return true;
        };
        await _folder.FetchAsync(_hub);
        _folder.AssertComplete(_hub);
        Assert.Contains("store model.safetensors bytes=200000-", _hub.Asked);
    }

    [Fact]
    public async Task A_server_that_never_gets_on_is_given_up_and_what_came_is_kept()
    {
        _hub.Fault = (kind, file, _, context) =>
        {
            if (kind == "store")
                _hub.Cut(context, file, 1000);
            return kind == "store";
        };
        Assert.Contains("Run the same again: it goes on where it was.", await _folder.RefusedAsync(_hub));
        Assert.Equal(6, _hub.Asked.Count(asked => asked.StartsWith("store", StringComparison.Ordinal)));
        Assert.Equal(6000, new FileInfo(Incomplete).Length);
        Assert.False(File.Exists(Path.Combine(_folder.Repo, "refs", "main")));

        _hub.Fault = null;
        await _folder.FetchAsync(_hub);
        _folder.AssertComplete(_hub);
        Assert.Contains("store model.safetensors bytes=6000-", _hub.Asked);
    }

    [Fact]
    public async Task A_server_that_stays_silent_is_asked_again_and_then_given_up()
    {
        using var end = new CancellationTokenSource();
        _hub.Fault = (kind, file, _, context) =>
        {
            if (kind != "store")
                return false;
            context.Response.ContentLength64 = _hub.Files[file].Length;
            context.Response.OutputStream.Write(_hub.Files[file].AsSpan(0, 10));
            context.Response.OutputStream.Flush();
            end.Token.WaitHandle.WaitOne();
            return true;
        };
        var error = await _folder.RefusedAsync(_hub, change: settings =>
            settings with { Patience = TimeSpan.FromSeconds(0.4), Retries = 1 });
        await end.CancelAsync();
        Assert.Contains("localhost sent nothing for 0.4 seconds.", error);
    }

    [Theory]
    [InlineData(Weights)]
    [InlineData("tokenizer.json")]
    public async Task A_file_with_a_wrong_hash_is_removed_and_tried_once_more(string spoilt)
    {
        var right = _hub.Files[spoilt];
        var wrong = right.ToArray();
        wrong[1234] ^= 1;
        var etag = _hub.ETag(spoilt);
        var sends = 0;
        _hub.Fault = (kind, file, _, context) =>
        {
            if (file != spoilt || kind == "head" || kind == "get" && _hub.Large.Contains(file))
                return false;
            context.Response.OutputStream.Write(sends++ == 0 ? wrong : right);
            context.Response.Close();
            return true;
        };
        var notes = new List<string?>();
        await _folder.FetchAsync(_hub, progress: step => notes.Add(step.Note));
        Assert.Contains(notes, note => note is not null && note.StartsWith($"{spoilt} has the hash ") && note.Contains(etag));
        _folder.AssertComplete(_hub);

        Directory.Delete(_folder.Cache, recursive: true);
        (right, sends) = (wrong, 0);
        var error = await _folder.RefusedAsync(_hub);
        Assert.Contains($"What was downloaded as org/tiny, file {spoilt}, has the hash ", error);
        Assert.Contains($"should have {etag}, and so it did twice. It was removed", error);
        Assert.Equal(2, sends);
        Assert.DoesNotContain(Directory.GetFiles(_folder.Blobs), file => Path.GetFileName(file).StartsWith(etag, StringComparison.Ordinal));
        Assert.False(File.Exists(Path.Combine(_folder.Snapshot(_hub), spoilt)));
    }

    [Fact]
    public async Task A_file_that_is_longer_than_it_should_be_is_refused()
    {
        _hub.Fault = (kind, file, _, context) =>
        {
            if (kind == "store")
            {
                context.Response.OutputStream.Write([.. _hub.Files[file], 1]);
                context.Response.Close();
            }
            return kind == "store";
        };
        Assert.Contains($"sends more of org/tiny, file {Weights}, than its {_hub.Files[Weights].Length} bytes",
            await _folder.RefusedAsync(_hub));
        Assert.False(File.Exists(Path.Combine(_folder.Snapshot(_hub), Weights)));
    }

    [Fact]
    public async Task A_download_that_is_stopped_goes_on_where_it_was()
    {
        _hub.WithWeights(3_000_000).Pause = TimeSpan.FromMilliseconds(20);
        using var stop = new CancellationTokenSource();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _folder.FetchAsync(_hub, progress: step =>
        {
            if (step is { File: Weights, Done: > 500_000 })
                stop.Cancel();
        }, cancellation: stop.Token));
        var kept = new FileInfo(Incomplete).Length;
        Assert.InRange(kept, 500_000, 2_999_999);

        _hub.Pause = TimeSpan.Zero;
        await _folder.FetchAsync(_hub);
        _folder.AssertComplete(_hub);
        Assert.Contains($"store model.safetensors bytes={kept}-", _hub.Asked);
    }

    [Fact]
    public async Task Two_that_download_at_once_share_the_work()
    {
        _hub.WithWeights(2_000_000).Pause = TimeSpan.FromMilliseconds(5);
        var notes = new System.Collections.Concurrent.ConcurrentBag<string>();
        var both = Enumerable.Range(0, 2).Select(_ => _folder.FetchAsync(_hub, progress: step =>
        {
            if (step.Note is not null)
                notes.Add(step.Note);
        }));

        await Task.WhenAll(both);

        _folder.AssertComplete(_hub);
        Assert.InRange(_hub.Sent[Weights], 2_000_000, 3_000_000); // once, and what a cut connection loses
        Assert.Contains($"waiting for another process that downloads {Weights}", notes);
    }

    [Fact]
    public async Task Progress_ends_at_the_size_of_all()
    {
        HubProgress? last = null;
        var done = 0L;
        var snapshot = await _folder.FetchAsync(_hub, progress: step =>
        {
            Assert.InRange(step.TotalDone, done, step.Total);
            (last, done) = (step, step.TotalDone);
        });
        Assert.Equal(new HubProgress(Weights, _hub.Files[Weights].Length, _hub.Files[Weights].Length, snapshot.Size, snapshot.Size), last);
    }

    [LinuxFact]
    public async Task A_full_disk_is_told()
    {
        Directory.CreateDirectory(_folder.Blobs);
        File.CreateSymbolicLink(Incomplete, "/dev/full");
        var error = await _folder.RefusedAsync(_hub);
        Assert.Contains($"Cannot write '{Incomplete}': there is no space left.", error);
    }

    [Fact]
    public async Task More_than_there_is_room_for_is_told_before_the_download()
    {
        _hub.Fault = (kind, file, _, context) =>
        {
            if (kind != "head" || file != Weights)
                return false;
            FakeHub.Refuse(context, 302, ("Location", _hub.StoreAddress), ("X-Linked-Etag", _hub.ETag(Weights)),
                ("X-Linked-Size", "1000000000000000"));
            return true;
        };
        Assert.Contains("org/tiny needs 1000000000 MB more, and", await _folder.RefusedAsync(_hub));
        Assert.DoesNotContain(_hub.Asked, asked => asked.StartsWith("store", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_cache_that_cannot_be_written_is_told()
    {
        Directory.CreateDirectory(_folder.Cache);
        await File.WriteAllTextAsync(_folder.Repo, "a file");
        var error = await _folder.RefusedAsync(_hub);
        Assert.StartsWith($"Cannot write '{_folder.Cache}'", error);
    }

    private void LeaveIncomplete(int bytes)
    {
        Directory.CreateDirectory(_folder.Blobs);
        File.WriteAllBytes(Incomplete, _hub.Files[Weights][..bytes]);
    }
}
