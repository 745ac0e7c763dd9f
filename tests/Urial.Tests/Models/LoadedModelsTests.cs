using System.Runtime.CompilerServices;
using Urial.Tests.Shift;
using static TorchSharp.torch;

namespace Urial.Tests.Models;

/// <summary>A folder that is loaded again is not read again, unless its files have changed.</summary>
public sealed class LoadedModelsTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("urial-loaded-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void A_cell_that_is_run_again_keeps_one_copy_of_the_weights()
    {
        var directory = Settled("base");
        ModelPair[] pairs = [.. Enumerable.Range(0, 10).Select(_ => ModelPair.Load(directory, directory))]; // a kernel keeps them all
        Assert.Single(pairs.Select(pair => pair.Base.Decoder).Distinct());
        Assert.Single(pairs.Select(pair => pair.Tokenizer).Distinct());
        Assert.Same(pairs[0].Base.Decoder,
            LanguageModel.Load(Path.Combine(directory, "..", Path.GetFileName(directory)) + Path.DirectorySeparatorChar).Decoder);
    }

    [Fact]
    public void The_last_user_frees_the_weights_and_a_second_dispose_counts_for_nothing()
    {
        var directory = Settled("base");
        var (first, second) = (LanguageModel.Load(directory), LanguageModel.Load(directory));
        var weight = first.Decoder.Weights["model.norm.weight"];
        first.Dispose();
        first.Dispose();
        Assert.False(weight.IsInvalid);
        Assert.Equal(3, second.Generate([1, 2], new GenerationOptions { MaxNewTokens = 3, StopAtEos = false }).AnswerIds.Length);
        second.Dispose();
        Assert.True(weight.IsInvalid);
        using var again = LanguageModel.Load(directory);
        Assert.False(again.Decoder.Weights["model.norm.weight"].IsInvalid);
    }

    [Fact]
    public void Precisions_do_not_share()
    {
        var directory = Settled("base");
        using LanguageModel one = LanguageModel.Load(directory), other = LanguageModel.Load(directory, Precision.BF16);
        Assert.NotSame(one.Decoder, other.Decoder);
        Assert.Equal((Precision.F32, Precision.BF16), (one.Precision, other.Precision));
    }

    [Theory]
    [InlineData("model.safetensors")]
    [InlineData("tokenizer.json")]
    public void A_changed_file_is_read_again_and_the_earlier_model_stays_what_it_was(string file)
    {
        var directory = Settled("base");
        using var before = LanguageModel.Load(directory);
        File.SetLastWriteTimeUtc(Path.Combine(directory, file), DateTime.UtcNow - TimeSpan.FromMinutes(30)); // other than Settled's
        using var after = LanguageModel.Load(directory);
        Assert.NotSame(before.Decoder, after.Decoder);
        Assert.True(before.Decoder.Weights["model.norm.weight"].Same(after.Decoder.Weights["model.norm.weight"]));
    }

    [Fact]
    public void Files_of_this_moment_are_always_read_since_their_times_tell_nothing_yet()
    {
        var directory = GoldenPair.Copy("base", _folder.FullName);
        File.SetLastWriteTimeUtc(Path.Combine(directory, "model.safetensors"), DateTime.UtcNow);
        using LanguageModel one = LanguageModel.Load(directory), other = LanguageModel.Load(directory);
        Assert.NotSame(one.Decoder, other.Decoder);
    }

    [Fact]
    public void A_model_that_nobody_uses_is_not_kept()
    {
        var weights = Loaded(Settled("base"));
        for (var i = 0; i < 5 && weights.IsAlive; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }
        Assert.False(weights.IsAlive);
    }

    [Fact]
    public void A_shared_model_reads_long_texts_on_two_threads()
    {
        var directory = Settled("base");
        int[] prompt = [.. Enumerable.Range(1, 500)];
        string[] texts = [.. Enumerable.Range(0, 4).AsParallel().WithDegreeOfParallelism(4).Select(_ =>
        {
            using var model = LanguageModel.Load(directory);
            return string.Join(' ', model.Generate(prompt, new GenerationOptions { MaxNewTokens = 12, StopAtEos = false }).AnswerIds);
        })];
        Assert.Single(texts.Distinct());
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference Loaded(string directory) => new(LanguageModel.Load(directory).Decoder);

    private string Settled(string model)
    {
        var copy = GoldenPair.Copy(model, _folder.FullName);
        foreach (var file in Directory.GetFiles(copy))
            File.SetLastWriteTimeUtc(file, DateTime.UtcNow - TimeSpan.FromHours(1));
        return copy;
    }
}
