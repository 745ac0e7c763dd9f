using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace Urial;

/// <summary>
/// Decodes the answers to prompts, a batch of them side by side, token by token, with a cache; where answers have ended, the next prompts
/// take their places. Short prompts are padded at the left. In f32, a greedy choice that rounding could have turned is made by a pass over
/// that row alone, so that neither batch, padding nor cache changes an answer.
/// </summary>
/// <param name="decoder">The model.</param>
/// <param name="rows">One answer each, with its prompt.</param>
/// <param name="options">How to decode.</param>
/// <param name="prefix">Keys and values of what the prompts begin with, or null.</param>
/// <param name="ended">Called with every answer that has ended.</param>
internal sealed class BatchDecoding(
    Decoder decoder, IReadOnlyList<DecodedAnswer> rows, GenerationOptions options, PrefixCache? prefix,
    Action<DecodedAnswer>? ended = null)
{
    // Tokens of prompts read in one pass: more are no faster, and their activations take memory.
    private const int MostRead = 4096;

    private readonly Queue<DecodedAnswer> _waiting = new(rows);
    private readonly Func<DecodedAnswer, float[]>? _alone = IsExact(decoder, options) ? row => Alone(decoder, row) : null;
    private DecodedAnswer[] _active = [];
    private KvCache? _cache; // one row for each of the active

    /// <summary>Whether answers are the same whatever is decoded beside them: greedy ones in f32.</summary>
    public static bool IsExact(Decoder decoder, GenerationOptions options) =>
        options.Temperature == 0 && decoder.Precision == Precision.F32;

    /// <summary>Fills in the answers.</summary>
    public void Run()
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        try
        {
            while (true)
            {
                int[] going = [.. Enumerable.Range(0, _active.Length).Where(index => _active[index].StopReason is null)];
                if (going.Length == 0 && _waiting.Count == 0)
                    return;
                if (IsTimeToRegroup(going.Length))
                    Regroup(going);
                else
                    Step();
            }
        }
        finally
        {
            _cache?.Dispose();
        }
    }

    // Rows are moved only when a quarter of the places would be computed in vain, or the ended stand where the context has no more room.
    private bool IsTimeToRegroup(int going) =>
        _waiting.Count > 0 && 4 * going <= 3 * options.BatchSize
        || 4 * going <= 3 * _active.Length
        || going < _active.Length && _cache!.Length == decoder.Config.ContextLength;

    /// <summary>Leaves out the answers that have ended, and begins with as many of those that wait as there are places.</summary>
    private void Regroup(int[] going)
    {
        DecodedAnswer[] fresh = [.. Next(options.BatchSize - going.Length)];
        using var read = fresh.Length > 0 ? Read(fresh) : null;
        var room = Math.Min(options.MaxNewTokens, 128);
        var before = _cache;
        _cache = KvCache.Join(before, going, read, room);
        before?.Dispose();
        _active = [.. going.Select(index => _active[index]), .. fresh];
    }

    /// <summary>The next prompts that wait, as many as there are places and as are read in one pass.</summary>
    private IEnumerable<DecodedAnswer> Next(int places)
    {
        var (count, longest) = (0, 0);
        while (count < places && _waiting.TryPeek(out var next))
        {
            longest = Math.Max(longest, next.Prompt.Length - (prefix?.Ids.Count ?? 0));
            if (++count > 1 && count * longest > MostRead)
                break;
            yield return _waiting.Dequeue();
        }
    }

    /// <summary>Reads prompts and gives each the first token of its answer.</summary>
    private KvCache Read(DecodedAnswer[] fresh)
    {
        using var scope = NewDisposeScope();
        var longest = fresh.Max(row => row.Prompt.Length);
        int[] padding = [.. fresh.Select(row => longest - row.Prompt.Length)];
        // Where rotations depend on a text's length, keys of a shorter text are not those of a longer one.
        var shared = prefix?.Cache is null || longest > (decoder.Config.RopeScaling.FixedUpTo ?? int.MaxValue) ? 0
            : prefix.SharedBy(fresh.Select(row => row.Prompt));
        var cache = shared > 0 ? KvCache.Repeat(prefix!.Cache!, shared, padding, longest) : new KvCache(longest);
        try
        {
            // Columns of the padded batch that the cache holds are left out. A short row gives some of its prefix anew, in the place of
            // padding.
            long pad = decoder.Config.PadTokenId ?? 0;
            long[] ids =
            [
                .. fresh.SelectMany((row, index) =>
                    Enumerable.Repeat(pad, padding[index]).Concat(row.Prompt.Select(id => (long)id)).Skip(shared)),
            ];
            Extend(fresh, Scores(decoder, ids, fresh.Length, cache, shared > 0 ? null : padding));
            return cache;
        }
        catch
        {
            cache.Dispose();
            throw;
        }
    }

    private void Step()
    {
        using var scope = NewDisposeScope();
        Extend(_active, Scores(decoder, [.. _active.Select(row => (long)row.Answer[^1])], _active.Length, _cache, null));
    }

    private void Extend(DecodedAnswer[] answers, Tensor scores) // [answers, vocabulary], f32
    {
        var logits = MemoryMarshal.Cast<byte, float>(scores.bytes);
        var vocabulary = decoder.Config.VocabularySize;
        for (var index = 0; index < answers.Length; index++)
        {
            if (answers[index].StopReason is not null)
                continue;
            answers[index].Extend(logits.Slice(index * vocabulary, vocabulary), options, _alone);
            if (answers[index].StopReason is not null)
                ended?.Invoke(answers[index]);
        }
    }

    /// <summary>The logits that follow a row, from passes over it alone. // [vocabulary]</summary>
    public static float[] Alone(Decoder decoder, DecodedAnswer row)
    {
        using var scope = NewDisposeScope();
        int[] ids = [.. row.Prompt, .. row.Answer];
        if (ids.Length <= (decoder.Config.RopeScaling.FixedUpTo ?? int.MaxValue))
            return Scores(decoder, Longs(ids), 1, null, null).data<float>().ToArray();
        // Rotations depend on how long the text was when a key was computed: token by token, as the answer was.
        using var cache = new KvCache(ids.Length);
        var last = Scores(decoder, Longs(row.Prompt), 1, cache, null);
        foreach (var id in row.Answer)
            last = Scores(decoder, [id], 1, cache, null);
        return last.data<float>().ToArray();

        static long[] Longs(int[] ids) => [.. ids.Select(id => (long)id)];
    }

    private static Tensor Scores(Decoder decoder, long[] ids, int batch, KvCache? cache, int[]? padding)
    {
        var input = tensor(ids).view(batch, -1); // [batch, positions]
        return decoder.Forward(input, cache, padding, lastOnly: true).to(ScalarType.Float32).cpu().contiguous(); // [batch, 1, vocabulary]
    }
}
