using static TorchSharp.torch;

namespace Urial;

/// <summary>
/// The weight files of a model folder: <c>model.safetensors</c>, or the shards that <c>model.safetensors.index.json</c> lists.
/// </summary>
internal sealed class Checkpoint : IDisposable
{
    private const string WholeFile = "model.safetensors";
    private const string IndexFile = "model.safetensors.index.json";

    private const long LargeFile = 64 << 20; // bytes

    private readonly List<SafeTensors> _shards = [];
    private readonly Dictionary<string, SafeTensors> _shardOf = new(StringComparer.Ordinal);

    private Checkpoint(string directory) => Directory = directory;

    /// <summary>The model folder.</summary>
    public string Directory { get; }

    /// <summary>The files that hold the weights, the index included where there is one.</summary>
    public IReadOnlyList<string> Files { get; private set; } = [];

    /// <summary>What the headers say about each tensor, by name.</summary>
    public IEnumerable<TensorInfo> Tensors => _shardOf.Select(pair => pair.Value.Tensors[pair.Key]);

    /// <summary>Opens the weight files and checks their headers.</summary>
    /// <param name="directory">A model folder in Hugging Face layout.</param>
    /// <exception cref="UrialException">Weights or a shard are missing, a file is damaged, or the index and a shard disagree.</exception>
    public static Checkpoint Open(string directory)
    {
        var checkpoint = new Checkpoint(directory);
        try
        {
            var whole = Path.Combine(directory, WholeFile);
            var index = Path.Combine(directory, IndexFile);
            if (Path.Exists(whole))
                checkpoint.AddWhole(whole);
            else if (Path.Exists(index))
                checkpoint.AddShards(index);
            else if (Pickles(directory) is [var pickle, ..])
                throw new UrialException($"'{directory}' holds weights as a pickle file only ({Path.GetFileName(pickle)}). Reading a "
                    + "pickle runs whatever program is in it, so this library does not. Download the model's safetensors files instead; "
                    + "where its authors have none, convert it with transformers: save_pretrained(..., safe_serialization=True).");
            else
                throw new UrialException($"'{directory}' holds no weights: neither {WholeFile} nor {IndexFile} is there. Download the "
                    + "model's safetensors files into that folder.");
            return checkpoint;
        }
        catch
        {
            checkpoint.Dispose();
            throw;
        }
    }

    /// <summary>The file that holds a tensor.</summary>
    /// <param name="name">Its name.</param>
    public string FileOf(string name) => _shardOf[name].Path;

    /// <summary>The stored number format of a tensor, as its file spells it.</summary>
    /// <param name="name">Its name.</param>
    public string FormatOf(string name) => _shardOf[name].Tensors[name].DType;

    /// <summary>Reads a tensor in its stored format.</summary>
    /// <param name="name">Its name.</param>
    public Tensor Read(string name) => _shardOf[name].Read(name);

    /// <summary>
    /// A tensor in its stored format that lies in its file, where the file is so large that reading it takes a while; else a copy. A small
    /// file may be overwritten at any time without harm to those who have read it.
    /// </summary>
    /// <param name="name">Its name.</param>
    public Tensor MapOrRead(string name) =>
        _shardOf[name] is { Length: >= LargeFile } shard && shard.Map(name) is { } mapped ? mapped : Read(name);

    /// <inheritdoc/>
    public void Dispose() => _shards.ForEach(shard => shard.Dispose());

    private void AddWhole(string path)
    {
        var file = Add(path);
        foreach (var name in file.Tensors.Keys)
            _shardOf.Add(name, file);
        Files = [path];
    }

    private void AddShards(string index)
    {
        var map = ReadIndex(index);
        var files = new Dictionary<string, SafeTensors>(StringComparer.Ordinal);
        foreach (var name in map.Values.Distinct().Order(StringComparer.Ordinal))
        {
            if (name != Path.GetFileName(name))
                throw new UrialException(
                    $"'{index}' names the shard '{name}', which is not a plain file name beside it. Download the index again.");
            var path = Path.Combine(Directory, name);
            if (!Path.Exists(path))
                throw new UrialException($"'{index}' lists the shard '{name}', which is missing. Download it into '{Directory}'.");
            files.Add(name, Add(path));
        }
        foreach (var (tensor, file) in map)
        {
            if (!files[file].Tensors.ContainsKey(tensor))
                throw new UrialException($"'{index}' says that tensor '{tensor}' is in '{file}', and it is not. The files are from "
                    + "different versions: download index and shards again.");
            _shardOf.Add(tensor, files[file]);
        }
        foreach (var shard in _shards)
            foreach (var name in shard.Tensors.Keys)
                if (!_shardOf.TryAdd(name, shard) && _shardOf[name] != shard)
                    throw new UrialException($"'{shard.Path}' holds tensor '{name}', which '{index}' says is in "
                        + $"'{Path.GetFileName(_shardOf[name].Path)}'. The files are from different versions: download index and shards "
                        + "again.");
        Files = [index, .. _shards.Select(shard => shard.Path)];
    }

    private static string[] Pickles(string directory) =>
    [
        .. System.IO.Directory.EnumerateFiles(directory).Where(file => Path.GetExtension(file) is ".bin" or ".pt" or ".pth" or ".ckpt")
            .Order(StringComparer.Ordinal),
    ];

    private SafeTensors Add(string path)
    {
        var file = SafeTensors.Open(path);
        _shards.Add(file);
        return file;
    }

    /// <summary>The files that an index of shards names, in order.</summary>
    /// <param name="index">The index.</param>
    /// <exception cref="UrialException">It cannot be read.</exception>
    public static IReadOnlyList<string> Shards(string index) =>
        [.. ReadIndex(index).Values.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    private static Dictionary<string, string> ReadIndex(string path)
    {
        try
        {
            return InputFile.Json(path, "index of shards").GetProperty("weight_map").EnumerateObject()
                .ToDictionary(entry => entry.Name, entry => JsonText.Of(entry.Value, $"'{path}': a shard's name"), StringComparer.Ordinal);
        }
        catch (Exception problem) when (problem is KeyNotFoundException or InvalidOperationException or ArgumentException)
        {
            throw new UrialException($"'{path}' is not an index of shards: it needs an object 'weight_map' from tensor names to file "
                + $"names ({problem.Message}). Download it again.");
        }
    }
}
