using System.Diagnostics;
using System.Numerics.Tensors;
using LLama.Native;

namespace Urial.Benchmarks;

/// <summary>A model of a GGUF file in llama.cpp, as LLamaSharp brings it: what it computes, and how long that takes.</summary>
internal sealed class LlamaCpp : IDisposable
{
    // The most positions of one pass here; llama.cpp's own default.
    private const int MostPositions = 512;

    private readonly SafeLlamaModelHandle _model;
    private readonly int _threads;
    private readonly bool _exact;
    private readonly Dictionary<int, SafeLLamaContextHandle> _contexts = [];

    /// <summary>Loads a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="threads">Threads of a pass.</param>
    /// <param name="exact">
    /// Whether keys and values are kept in f32, and attention is computed in it; else in f16 and by its flash attention, which rounds to
    /// f16, as llama.cpp does unasked.
    /// </param>
    public LlamaCpp(string path, int threads, bool exact)
    {
        (_threads, _exact) = (threads, exact);
        _model = SafeLlamaModelHandle.LoadFromFile(path, LLamaModelParams.Default());
    }

    /// <summary>Logits of every position. // [positions · vocabulary]</summary>
    public float[] Logits(int[] ids)
    {
        var context = Read(ids);
        return [.. Enumerable.Range(0, ids.Length).SelectMany(at => context.GetLogitsIth(at).ToArray())];
    }

    /// <summary>Seconds of a pass over a text, with the logits of every position in llama.cpp's buffer.</summary>
    public double Score(int[] ids)
    {
        _ = Context(1); // made beforehand
        var begun = Stopwatch.GetTimestamp();
        Read(ids);
        return Stopwatch.GetElapsedTime(begun).TotalSeconds;
    }

    /// <summary>Greedy answers, one batch of a token of every sequence a step.</summary>
    /// <param name="prompts">As many prompts as sequences, of one length, up to 512 tokens together.</param>
    /// <param name="first">Tokens of each answer that are not timed.</param>
    /// <param name="steps">Tokens of each answer that are.</param>
    /// <returns>Seconds of these steps, and the answers.</returns>
    public (double Seconds, int[][] Answers) Answer(int[][] prompts, int first, int steps)
    {
        var context = Context(prompts.Length);
        context.MemoryClear(true);
        var batch = new LLamaBatch();
        for (var row = 0; row < prompts.Length; row++)
            for (var at = 0; at < prompts[row].Length; at++)
                batch.Add(prompts[row][at], at, (LLamaSeqId)row, at == prompts[row].Length - 1);
        Decode(context, batch);
        var length = prompts[0].Length;
        var answers = new int[prompts.Length][];
        for (var row = 0; row < prompts.Length; row++)
        {
            answers[row] = new int[first + steps];
            answers[row][0] = TensorPrimitives.IndexOfMax<float>(context.GetLogitsIth((row + 1) * length - 1));
        }
        var begun = 0L;
        for (var step = 1; step < first + steps; step++)
        {
            if (step == first)
                begun = Stopwatch.GetTimestamp();
            batch.Clear();
            for (var row = 0; row < prompts.Length; row++)
                batch.Add(answers[row][step - 1], length + step - 1, (LLamaSeqId)row, true);
            Decode(context, batch);
            for (var row = 0; row < prompts.Length; row++)
                answers[row][step] = TensorPrimitives.IndexOfMax<float>(context.GetLogitsIth(row));
        }
        return (Stopwatch.GetElapsedTime(begun).TotalSeconds, answers);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var context in _contexts.Values)
            context.Dispose();
        _model.Dispose();
    }

    private SafeLLamaContextHandle Read(int[] ids)
    {
        var context = Context(1);
        context.MemoryClear(false);
        var batch = new LLamaBatch();
        for (var at = 0; at < ids.Length; at++)
            batch.Add(ids[at], at, (LLamaSeqId)0, true);
        Decode(context, batch);
        return context;
    }

    private static void Decode(SafeLLamaContextHandle context, LLamaBatch batch)
    {
        var result = context.Decode(batch);
        context.Synchronize();
        if (result != 0)
            throw new UrialException($"llama.cpp did not read a batch of {batch.TokenCount} tokens: {result}.");
    }

    private SafeLLamaContextHandle Context(int sequences)
    {
        if (_contexts.TryGetValue(sequences, out var made))
            return made;
        var settings = LLamaContextParams.Default();
        settings.n_seq_max = (uint)sequences;
        settings.n_ctx = (uint)(sequences == 1 ? MostPositions : 256 * sequences);
        settings.n_batch = settings.n_ubatch = MostPositions;
        settings.n_threads = settings.n_threads_batch = _threads;
        if (_exact)
        {
            settings.type_k = settings.type_v = GGMLType.GGML_TYPE_F32;
            settings.llama_flash_attn_type = LLamaFlashAttentionType.LLAMA_FLASH_ATTENTION_TYPE_DISABLED;
        }
        return _contexts[sequences] = _model.CreateContext(settings);
    }
}
