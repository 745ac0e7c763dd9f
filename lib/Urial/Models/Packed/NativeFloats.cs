using System.Runtime.InteropServices;
using TorchSharp;

namespace Urial;

/// <summary>Floats outside the collected heap, where nothing moves them; aligned to 64 bytes.</summary>
internal sealed unsafe class NativeFloats : IDisposable
{
    private void* _start;

    public NativeFloats(long length, bool clear = true)
    {
        Length = length;
        _start = NativeMemory.AlignedAlloc((nuint)Math.Max(1, length) * sizeof(float), 64);
        if (clear)
            NativeMemory.Clear(_start, (nuint)length * sizeof(float));
    }

    ~NativeFloats() => Free();

    /// <summary>A copy in f32 of a contiguous tensor on the CPU.</summary>
    public static NativeFloats Of(torch.Tensor tensor)
    {
        var copy = new NativeFloats(tensor.NumberOfElements, clear: false);
        using var wide = tensor.to(torch.ScalarType.Float32);
        MemoryMarshal.Cast<byte, float>(wide.bytes).CopyTo(new Span<float>(copy.Start, (int)copy.Length));
        return copy;
    }

    public long Length { get; }

    public float* Start => (float*)_start;

    public void Dispose()
    {
        Free();
        GC.SuppressFinalize(this);
    }

    private void Free()
    {
        NativeMemory.AlignedFree(_start);
        _start = null;
    }
}
