using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;
using System.Text.Json;
using LLama.Exceptions;
using LLama.Native;

namespace Urial.Benchmarks;

/// <summary>llama.cpp's process: reads requests on standard input and answers on standard output until the input ends.</summary>
internal static class PeerServer
{
    /// <summary>Serves.</summary>
    /// <returns>The exit code.</returns>
    public static int Run()
    {
        NativeLogConfig.llama_log_set((level, message) =>
        {
            if (level == LLamaLogLevel.Error)
                Console.Error.Write(message);
        });
        // Where .NET was told to leave vectors of 512 bits alone (DOTNET_EnableAVX512=0), both sides do without.
        if (Avx2.IsSupported && !Avx512F.IsSupported)
            NativeLibraryConfig.LLama.WithAvx(AvxLevel.Avx2);
        NativeApi.llama_empty_call(); // loads llama.cpp's build for this processor
        LlamaCpp? model = null;
        while (Console.ReadLine() is { } line)
        {
            PeerReply reply;
            try
            {
                reply = Do(JsonSerializer.Deserialize<PeerRequest>(line)!, ref model);
            }
            catch (Exception e) when (e is RuntimeError or LoadWeightsFailedException or IOException or UrialException)
            {
                reply = new PeerReply(Failure: e.Message);
            }
            Console.WriteLine(JsonSerializer.Serialize(reply));
        }
        model?.Dispose();
        return 0;
    }

    private static PeerReply Do(PeerRequest request, ref LlamaCpp? model)
    {
        if (request.Do == "open")
        {
            model?.Dispose();
            model = null;
            model = new LlamaCpp(request.Path!, Environment.ProcessorCount, request.Exact);
            return new PeerReply();
        }
        if (model is null)
            throw new UrialException("No model is open in llama.cpp's process.");
        switch (request.Do)
        {
            case "logits":
                File.WriteAllBytes(request.Path!, MemoryMarshal.AsBytes(model.Logits(request.Texts![0]).AsSpan()));
                return new PeerReply();
            case "score":
                return new PeerReply(model.Score(request.Texts![0]));
            case "answer":
                var (seconds, answers) = model.Answer(request.Texts!, request.First, request.Steps);
                return new PeerReply(seconds, answers);
            default:
                throw new UrialException($"llama.cpp's process does not know '{request.Do}'.");
        }
    }
}
