using System.Runtime.InteropServices;

namespace Urial.Notebooks;

/// <summary>
/// The channel between the runner and a chapter's process: a pipe that nobody else knows, so that whatever cells, their threads and
/// native code print can neither get into a message nor take its place. Texts travel as UTF-16, unchanged.
/// </summary>
internal sealed class HostChannel : IDisposable
{
    private readonly Lock _writing = new();
    private readonly Stream _pipe;
    private readonly BinaryReader _reader;
    private readonly BinaryWriter _writer;

    /// <summary>A channel over a connected pipe, which it closes in the end.</summary>
    public HostChannel(Stream pipe)
    {
        _pipe = pipe;
        _reader = new BinaryReader(pipe);
        _writer = new BinaryWriter(new BufferedStream(pipe, 1 << 16));
    }

    /// <summary>Sends a message; from any thread.</summary>
    /// <exception cref="IOException">The other side is gone.</exception>
    public void Send(HostMessage message)
    {
        lock (_writing)
        {
            _writer.Write((byte)message.Kind);
            _writer.Write(message.Cell);
            _writer.Write(message.Texts.Count);
            foreach (var text in message.Texts)
            {
                _writer.Write(text.Length);
                _writer.Write(MemoryMarshal.AsBytes(text.AsSpan()));
            }
            _writer.Flush();
        }
    }

    /// <summary>Waits for the next message; null where the other side is gone.</summary>
    public HostMessage? Receive()
    {
        try
        {
            var kind = (HostMessageKind)_reader.ReadByte();
            var cell = _reader.ReadInt32();
            var texts = new string[_reader.ReadInt32()];
            for (var i = 0; i < texts.Length; i++)
                texts[i] = string.Create(_reader.ReadInt32(), _reader, (characters, reader) =>
                    reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(characters)));
            return new HostMessage(kind, cell, texts);
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            return null; // half a message is none: the process that was writing it has died
        }
    }

    /// <summary>Closes the pipe.</summary>
    public void Dispose() => _pipe.Dispose();
}
