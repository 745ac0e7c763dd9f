using System.Text;
using TorchSharp;
using static TorchSharp.torch;

namespace Urial.Tests.Models;

public sealed class SafeTensorsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void A_tensor_that_lies_in_its_file_is_what_a_copy_is_and_writing_to_it_changes_no_file(int shift)
    {
        using var folder = new TemporaryFolder();
        using var scope = NewDisposeScope();
        var path = folder.File("some.safetensors");
        Tensor wide = arange(12, dtype: ScalarType.Float32).view(3, 4), narrow = (wide + 1).to(ScalarType.BFloat16);
        SafeTensors.Write(path, [("wide", wide), ("narrow", narrow), ("none", zeros(0))]);
        if (shift > 0) // a header of another length: the data begins where no number of four bytes can
        {
            var bytes = File.ReadAllBytes(path);
            var header = BitConverter.ToInt64(bytes);
            File.WriteAllBytes(path, [.. BitConverter.GetBytes(header + shift), .. bytes[8..(8 + (int)header)], (byte)' ',
                .. bytes[(8 + (int)header)..]]);
        }
        var before = File.ReadAllBytes(path);
        Tensor? mapped;
        using (var file = SafeTensors.Open(path))
        {
            Assert.True(wide.Same(file.Read("wide")));
            mapped = file.Map("wide");
            Assert.Null(file.Map("none"));
            Assert.Equal(shift > 0, mapped is null);
            if (mapped is null)
                return;
            Assert.True(narrow.Same(file.Map("narrow")!));
        }
        Assert.True(wide.Same(mapped)); // the file is closed, its memory is there
        mapped.fill_(7);
        Assert.Equal(84, mapped.sum().item<float>());
        Assert.Equal(before, File.ReadAllBytes(path));
    }

    [Fact]
    public void A_large_file_is_not_copied_and_may_be_replaced()
    {
        using var folder = new TemporaryFolder();
        var config = DecoderConfig.Load(Repository.Path("tests", "golden", "models", "llama-tied")) with { VocabularySize = 600_000 };
        using var fresh = Decoder.Random(config, seed: 1); // 77 MB
        fresh.Save(folder.Root, Precision.F32);
        using var loaded = Decoder.Load(folder.Root);
        using (var other = Decoder.Random(config with { VocabularySize = 128 }, seed: 2))
            other.Save(folder.Root, Precision.F32);
        Assert.All(fresh.Weights, weight => Assert.True(weight.Value.Same(loaded.Weights[weight.Key]), weight.Key));
    }

    [Fact]
    public void What_is_written_is_read_back()
    {
        using var scope = NewDisposeScope();
        (string Name, Tensor Value)[] tensors =
        [
            ("b.half", randn(3, 5).to(ScalarType.BFloat16)), ("a.single", randn(2, 3, 4)),
            ("c.double", randn(7, dtype: ScalarType.Float64)),
            ("d.ids", tensor(new long[] { -1, 0, long.MaxValue })), ("e.flags", tensor(new[] { true, false, true })),
            ("f.f16", randn(4).to(ScalarType.Float16)),
            ("g.scalar", tensor(2.5f)), ("h.empty", zeros(0, 3)), ("i.byte", tensor(new byte[] { 1, 255 })),
            ("j.transposed", arange(6, ScalarType.Float32).view(2, 3).t()),
        ];
        SafeTensors.Write(_folder.File("all.safetensors"), tensors);

        using var file = SafeTensors.Open(_folder.File("all.safetensors"));
        Assert.Equal("pt", file.Metadata["format"]);
        Assert.Equal(tensors.Select(t => t.Name).Order(), file.Tensors.Keys.Order());
        foreach (var (name, value) in tensors)
        {
            var read = file.Read(name);
            Assert.Equal(value.dtype, read.dtype);
            Assert.Equal(value.shape, read.shape);
            Assert.True(value.Same(read), name);
        }
    }

    [Fact]
    public void Data_is_aligned_and_in_order()
    {
        using var scope = NewDisposeScope();
        SafeTensors.Write(_folder.File("x.safetensors"), [("b", zeros(3)), ("a", zeros(1)), ("half", zeros(1).to(ScalarType.BFloat16))]);
        var bytes = File.ReadAllBytes(_folder.File("x.safetensors"));
        var header = BitConverter.ToInt64(bytes);

        Assert.Equal(0, header % 8);
        Assert.Equal(bytes.Length, 8 + header + 4 + 12 + 2);
        Assert.StartsWith("{\"__metadata__\":{\"format\":\"pt\"},\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]},\"b\":",
            Encoding.UTF8.GetString(bytes, 8, (int)header));
        Assert.Single(Directory.GetFiles(_folder.Root)); // no temporary file stays
    }

    [Fact]
    public void A_file_that_cannot_be_written_is_named() =>
        Assert.Contains("blocked", Assert.Throws<WriteException>(() =>
        {
            File.WriteAllText(_folder.File("blocked"), "a file, not a folder");
            SafeTensors.Write(Path.Combine(_folder.File("blocked"), "x.safetensors"), []);
        }).Message);

    [Theory]
    [InlineData("{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}", 4, "truncated")]
    [InlineData("{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}", 12, "describes 8 bytes of data, and 12 are there")]
    [InlineData("{\"a\":{\"dtype\":\"F32\",\"shape\":[3],\"data_offsets\":[0,8]}}", 8, "takes 12 bytes, and its offsets span 8")]
    [InlineData("{\"a\":{\"dtype\":\"F32\",\"shape\":[4611686018427387904,8],\"data_offsets\":[0,8]}}", 8, "its offsets span 8")]
    [InlineData("{\"a\":{\"dtype\":\"F32\",\"shape\":[-2],\"data_offsets\":[0,8]}}", 8, "shape [-2]")]
    [InlineData("{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[8,0]}}", 8, "bytes 8 to 0")]
    [InlineData("{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]},\"b\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[2,6]}}", 8, "'b' begins at byte 2")]
    [InlineData("{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]},\"b\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[8,12]}}", 12, "'b' begins at byte 8")]
    [InlineData("{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]},\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,8]}}", 8, "'a' occurs twice")]
    [InlineData("{\"a\":{\"dtype\":\"F4\",\"shape\":[2],\"data_offsets\":[0,1]}}", 1, "'a' is stored as F4")]
    [InlineData("{\"a\":{\"dtype\":\"F32\",\"shape\":[2]}}", 8, "lacks its dtype, shape or two data_offsets")]
    [InlineData("{\"a\":{\"dtype\":\"F32\",\"shape\":\"2\",\"data_offsets\":[0,8]}}", 8, "cannot be read as JSON")]
    [InlineData("{\"a\":7}", 0, "cannot be read as JSON")]
    [InlineData("[1]", 0, "not a JSON object")]
    [InlineData("{\"a\":", 0, "cannot be read as JSON")]
    public void Damaged_files_are_refused_by_name(string header, int dataBytes, string why)
    {
        var json = Encoding.UTF8.GetBytes(header);
        File.WriteAllBytes(_folder.File("bad.safetensors"), [.. BitConverter.GetBytes((long)json.Length), .. json, .. new byte[dataBytes]]);

        var error = Assert.Throws<UrialException>(() => SafeTensors.Open(_folder.File("bad.safetensors")));
        Assert.Contains("bad.safetensors", error.Message);
        Assert.Contains(why, error.Message);
    }

    [Fact]
    public void A_header_longer_than_the_file_is_refused()
    {
        File.WriteAllBytes(_folder.File("long.safetensors"), [.. BitConverter.GetBytes(ulong.MaxValue), 1, 2, 3]);
        Assert.Contains("claims 18446744073709551615 bytes",
            Assert.Throws<UrialException>(() => SafeTensors.Open(_folder.File("long.safetensors"))).Message);

        File.WriteAllBytes(_folder.File("short.safetensors"), [1, 2, 3]);
        Assert.Contains("has 3 bytes", Assert.Throws<UrialException>(() => SafeTensors.Open(_folder.File("short.safetensors"))).Message);
        Assert.Contains("none.safetensors",
            Assert.Throws<UrialException>(() => SafeTensors.Open(_folder.File("none.safetensors"))).Message);
    }

    [Fact]
    public void A_missing_tensor_is_named_with_what_is_there()
    {
        using var one = zeros(1);
        SafeTensors.Write(_folder.File("x.safetensors"), [("present", one)]);
        using var file = SafeTensors.Open(_folder.File("x.safetensors"));
        Assert.Contains("no tensor 'absent'. It holds: 'present'", Assert.Throws<UrialException>(() => file.Read("absent")).Message);
    }
}
