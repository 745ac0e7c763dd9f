using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Urial.Tests.Shift;

namespace Urial.Tests.Models.Hub;

/// <summary>
/// A server that behaves like the hub: it lists a repository, describes files by HEAD, sends small ones from an address of its own (a
/// relative redirect) and large ones from another host, by ranges. What it does wrong, tests say by <see cref="Fault"/>.
/// </summary>
internal sealed class FakeHub : IDisposable
{
    public const string Id = "org/tiny", OtherCommit = "00000000000000000000000000000000000000ff";

    private readonly HttpListener _hub = new(), _store = new();
    private readonly ConcurrentDictionary<string, int> _counts = new();

    public FakeHub()
    {
        Address = Listen(_hub, "127.0.0.1");
        StoreAddress = Listen(_store, "localhost");
        Accept(_hub, Answer);
        Accept(_store, Send);
    }

    /// <summary>The hub.</summary>
    public string Address { get; }

    /// <summary>The other host, which stores large files.</summary>
    public string StoreAddress { get; }

    public string Commit { get; set; } = "0123456789abcdef0123456789abcdef01234567";

    /// <summary>The repository's files.</summary>
    public Dictionary<string, byte[]> Files { get; } = [];

    /// <summary>Files that are sent from the other host, and whose ETag is a SHA-256.</summary>
    public HashSet<string> Large { get; } = ["model.safetensors"];

    /// <summary>Further names in the list of files.</summary>
    public List<string> OtherNames { get; } = [];

    /// <summary>Does something else with a request than the hub: by its kind (api, head, get, store), file and number from 0.</summary>
    public Func<string, string, int, HttpListenerContext, bool>? Fault { get; set; }

    /// <summary>What was asked, as <c>kind file</c>, with the range behind it.</summary>
    public ConcurrentQueue<string> Asked { get; } = [];

    /// <summary>The header Authorization of every request, by kind.</summary>
    public ConcurrentQueue<(string Kind, string? Value)> Authorizations { get; } = [];

    /// <summary>Bytes of bodies that were sent of a file.</summary>
    public ConcurrentDictionary<string, long> Sent { get; } = new();

    /// <summary>How long the other host waits between two pieces.</summary>
    public TimeSpan Pause { get; set; }

    /// <summary>Puts the files of a model into the repository: of the tiny base model, where no folder is named.</summary>
    public FakeHub WithModel(string? folder = null)
    {
        foreach (var file in Directory.GetFiles(GoldenPair.Base).Concat(folder is null ? [] : Directory.GetFiles(folder)))
            if (!Path.GetFileName(file).StartsWith("golden", StringComparison.Ordinal))
                Files[Path.GetFileName(file)] = File.ReadAllBytes(file);
        return this;
    }

    /// <summary>Makes the weights longer, so that there is time to stop in the middle.</summary>
    public FakeHub WithWeights(int bytes)
    {
        Files["model.safetensors"] = new byte[bytes];
        new Random(1).NextBytes(Files["model.safetensors"]);
        return this;
    }

    public string ETag(string name) => Large.Contains(name)
        ? Convert.ToHexStringLower(SHA256.HashData(Files[name]))
        : Convert.ToHexStringLower(SHA1.HashData([.. Encoding.ASCII.GetBytes($"blob {Files[name].Length}\0"), .. Files[name]]));

    public static void Refuse(HttpListenerContext context, int status, params (string Name, string Value)[] headers)
    {
        context.Response.StatusCode = status;
        foreach (var (name, value) in headers)
            context.Response.AddHeader(name, value);
        context.Response.Close();
    }

    /// <summary>Sends the beginning of a file, as if it were all that could be sent.</summary>
    public void Cut(HttpListenerContext context, string name, int bytes)
    {
        var from = From(context);
        context.Response.StatusCode = from > 0 ? 206 : 200;
        if (from > 0)
            context.Response.AddHeader("Content-Range", Invariant($"bytes {from}-{Files[name].Length - 1}/{Files[name].Length}"));
        context.Response.ContentLength64 = Files[name].Length - from;
        Body(context, name, (int)from, bytes);
        context.Response.Abort();
    }

    public void Dispose()
    {
        _hub.Close();
        _store.Close();
    }

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);

    private static string Listen(HttpListener listener, string host)
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        var address = $"http://{host}:{((IPEndPoint)probe.LocalEndpoint).Port}";
        probe.Stop();
        listener.Prefixes.Add(address + "/");
        listener.Start();
        return address;
    }

    private static void Accept(HttpListener listener, Action<HttpListenerContext> answer) => Task.Run(async () =>
    {
        while (listener.IsListening)
        {
            var context = await listener.GetContextAsync();
            _ = Task.Run(() =>
            {
                try
                {
                    answer(context);
                }
                catch (Exception gone) when (gone is HttpListenerException or ObjectDisposedException or IOException
                    or InvalidOperationException)
                {
                    context.Response.Abort(); // the caller has left
                }
            });
        }
    });

    private void Answer(HttpListenerContext context)
    {
        var path = Uri.UnescapeDataString(context.Request.Url!.AbsolutePath);
        if (path.StartsWith("/api/resolve-cache/", StringComparison.Ordinal))
            Small(context, path.Split('/', 5)[4]);
        else if (path.StartsWith("/api/models/", StringComparison.Ordinal))
            Describe(context, path);
        else
            Resolve(context, path);
    }

    private void Describe(HttpListenerContext context, string path)
    {
        if (Heard(context, "api", path["/api/models/".Length..]))
            return;
        if (!path.StartsWith($"/api/models/{Id}/revision/", StringComparison.Ordinal))
        {
            Refuse(context, 401, ("X-Error-Code", "RepoNotFound"));
            return;
        }
        var names = Files.Keys.Concat(OtherNames).Select(name => (JsonNode)new JsonObject { ["rfilename"] = name });
        Write(context, new JsonObject { ["id"] = Id, ["sha"] = Commit, ["siblings"] = new JsonArray([.. names]) });
    }

    private void Resolve(HttpListenerContext context, string path)
    {
        var parts = path.Split('/', 6); // "", org, name, "resolve", commit, file
        var file = parts.Length == 6 ? parts[5] : "";
        if (Heard(context, context.Request.HttpMethod == "HEAD" ? "head" : "get", file))
            return;
        if (!Files.ContainsKey(file) || parts[4] != Commit)
        {
            Refuse(context, 404, ("X-Error-Code", "EntryNotFound"));
            return;
        }
        context.Response.AddHeader("X-Repo-Commit", Commit);
        if (Large.Contains(file))
        {
            context.Response.AddHeader("X-Linked-Etag", $"\"{ETag(file)}\"");
            context.Response.AddHeader("X-Linked-Size", Files[file].Length.ToString(CultureInfo.InvariantCulture));
            Refuse(context, 302, ("Location", $"{StoreAddress}/{file}?signature=secret"));
            return;
        }
        Refuse(context, 307, ("Location", $"/api/resolve-cache/{Commit}/{file}"));
    }

    private void Small(HttpListenerContext context, string file)
    {
        Authorizations.Enqueue(("small", context.Request.Headers["Authorization"]));
        context.Response.AddHeader("X-Repo-Commit", Commit);
        context.Response.AddHeader("ETag", $"\"{ETag(file)}\"");
        context.Response.ContentLength64 = Files[file].Length;
        if (context.Request.HttpMethod != "HEAD")
            Body(context, file, 0, Files[file].Length);
        context.Response.Close();
    }

    // The other host: its own ETag, ranges, no knowledge of tokens.
    private void Send(HttpListenerContext context)
    {
        var file = context.Request.Url!.AbsolutePath.TrimStart('/');
        if (Heard(context, "store", file))
            return;
        var (from, all) = (From(context), Files[file].Length);
        if (from >= all && from > 0)
        {
            Refuse(context, 416, ("Content-Range", Invariant($"bytes */{all}")));
            return;
        }
        context.Response.StatusCode = from > 0 ? 206 : 200;
        context.Response.AddHeader("ETag", "\"of-the-store-2\"");
        if (from > 0)
            context.Response.AddHeader("Content-Range", Invariant($"bytes {from}-{all - 1}/{all}"));
        context.Response.ContentLength64 = all - from;
        Body(context, file, (int)from, all);
        context.Response.Close();
    }

    private static long From(HttpListenerContext context) => context.Request.Headers["Range"] is { } range
        ? long.Parse(range["bytes=".Length..].TrimEnd('-'), CultureInfo.InvariantCulture) : 0;

    private void Body(HttpListenerContext context, string file, int from, int most)
    {
        const int Piece = 1 << 16;
        var content = Files[file];
        for (var at = from; at < Math.Min(content.Length, (long)from + most); at += Piece)
        {
            var count = (int)Math.Min(Piece, Math.Min(content.Length, (long)from + most) - at);
            context.Response.OutputStream.Write(content, at, count);
            context.Response.OutputStream.Flush();
            Sent.AddOrUpdate(file, count, (_, before) => before + count);
            if (Pause > TimeSpan.Zero)
                Task.Delay(Pause).Wait();
        }
    }

    private bool Heard(HttpListenerContext context, string kind, string file)
    {
        Asked.Enqueue($"{kind} {file} {context.Request.Headers["Range"]}".TrimEnd());
        Authorizations.Enqueue((kind, context.Request.Headers["Authorization"]));
        var number = _counts.AddOrUpdate($"{kind} {file}", 0, (_, before) => before + 1);
        return Fault?.Invoke(kind, file, number, context) ?? false;
    }

    private static void Write(HttpListenerContext context, JsonNode json)
    {
        var bytes = Encoding.UTF8.GetBytes(json.ToJsonString());
        context.Response.ContentLength64 = bytes.Length;
        context.Response.OutputStream.Write(bytes);
        context.Response.Close();
    }
}
