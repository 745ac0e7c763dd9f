using BenchmarkDotNet.Attributes;
using Urial.MicroWorld;

namespace Urial.Benchmarks;

/// <summary>One answer of the embedded pair, scored in one pass and in a pass per position.</summary>
public class ScoringBenchmarks
{
    private ModelPair pair = null!;
    private int[] basePrompt = [];
    private int[] alignedPrompt = [];
    private int[] answerIds = [];

    /// <summary>Loads the pair and lets it answer the first held-out query.</summary>
    [GlobalSetup]
    public void Load()
    {
        pair = ModelPair.Load(MicroModels.Base, MicroModels.Dpo);
        var answer = MicroShift.Ask(pair, QueryFile.HeldOut()[0]);
        (basePrompt, alignedPrompt, answerIds) = (answer.BasePromptIds, answer.AlignedPromptIds, answer.AnswerIds);
    }

    /// <summary>Frees the pair.</summary>
    [GlobalCleanup]
    public void Free() => pair.Dispose();

    /// <summary>One teacher-forced pass per model.</summary>
    [Benchmark(Baseline = true)]
    public IReadOnlyList<PositionShift> SinglePass() => AnswerScorer.Score(pair, basePrompt, alignedPrompt, answerIds, 10);

    /// <summary>The reference algorithm: a full pass per position and model.</summary>
    [Benchmark]
    public IReadOnlyList<PositionShift> PassPerPosition() => ReferenceAlgorithm.Score(pair, basePrompt, alignedPrompt, answerIds);
}
