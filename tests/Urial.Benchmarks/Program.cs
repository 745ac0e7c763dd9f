using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using Urial.Benchmarks;

// Against llama.cpp: see PeersCommand. Everything else is BenchmarkDotNet's.
if (args is [PeersCommand.Word, ..])
    return PeersCommand.Run(args[1..]);
if (args is [PeerProcess.Word])
    return PeerServer.Run();

if (args is [PositionsCommand.Word, ..])
    return PositionsCommand.Run(args[1..]);

// In this process: the library loads its native part from one folder, which a generated benchmark project would not have.
IConfig config = DefaultConfig.Instance.AddJob(Job.ShortRun.WithToolchain(InProcessEmitToolchain.Instance));
BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args, config);
return 0;
