using BenchmarkDotNet.Attributes;
using Urial.MicroWorld;

namespace Urial.Benchmarks;

/// <summary>One answer of the embedded pair, scored in one pass and in a pass per position.</summary>
public class ScoringBenchmarks
{
    private ModelPair _pair = null!;
    private int[] _basePrompt = [];
    private int[] _alignedPrompt = [];
    private int[] _answerIds = [];

    /// <summary>Loads the pair and lets it answer the first held-out query.</summary>
    [GlobalSetup]
    public void Load()
    {
        _pair = ModelPair.Load(MicroModels.Base, MicroModels.Dpo);
        var answer = MicroShift.Ask(_pair, QueryFile.HeldOut()[0]);
        (_basePrompt, _alignedPrompt, _answerIds) = (answer.BasePromptIds, answer.AlignedPromptIds, answer.AnswerIds);
    }

    /// <summary>Frees the pair.</summary>
    [GlobalCleanup]
    public void Free() => _pair.Dispose();

    /// <summary>One teacher-forced pass per model.</summary>
    [Benchmark(Baseline = true)]
    public IReadOnlyList<PositionShift> SinglePass() => AnswerScorer.Score(_pair, _basePrompt, _alignedPrompt, _answerIds, 10);

    /// <summary>The reference algorithm: a full pass per position and model.</summary>
    [Benchmark]
    public IReadOnlyList<PositionShift> PassPerPosition() => ReferenceAlgorithm.Score(_pair, _basePrompt, _alignedPrompt, _answerIds);
}
