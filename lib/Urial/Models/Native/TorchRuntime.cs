using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using TorchSharp;

namespace Urial;

/// <summary>Makes libtorch loadable on this machine before anything uses it.</summary>
internal static partial class TorchRuntime
{
    /// <summary>The version of libstdc++ that TorchSharp's native half asks for and never uses.</summary>
    public const string UnusedVersion = "GLIBCXX_3.4.32";

    /// <summary>
    /// Lets <paramref name="library"/> load where libstdc++ is older than <see cref="UnusedVersion"/>: marks that requirement as weak.
    /// The file is replaced, never written into: it may be a hard link into the package folder, which stays as it is.
    /// </summary>
    /// <returns>Whether the file was changed; a cured file is left alone.</returns>
    /// <exception cref="UrialException">The file's folder cannot be written.</exception>
    public static bool Cure(string library)
    {
        var image = File.ReadAllBytes(library);
        if (ElfVersionNeed.Weaken(image, UnusedVersion) == 0)
            return false;
        var temporary = $"{library}.{Environment.ProcessId}.tmp";
        try
        {
            File.WriteAllBytes(temporary, image);
            File.SetLastWriteTimeUtc(temporary, File.GetLastWriteTimeUtc(library)); // the next build sees an unchanged file
            File.Move(temporary, library, overwrite: true);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UrialException($"{library} needs one change to load here (the {UnusedVersion} requirement marked as weak), " +
                "but its folder cannot be written. Build the library in a folder of your own.", e);
        }
    }

    /// <summary>
    /// Has libtorch's threads sleep while they wait for each other: by default they spin, and beside other programs, or beside each
    /// other, that takes the processor from whoever has work to do. What the reader has set stays.
    /// </summary>
    private static void WaitAsleep()
    {
        foreach (var (name, value) in new[] { ("OMP_WAIT_POLICY", "PASSIVE"), ("GOMP_SPINCOUNT", "0"), ("KMP_BLOCKTIME", "0") })
        {
            if (Environment.GetEnvironmentVariable(name) is not null)
                continue;
            Environment.SetEnvironmentVariable(name, value); // for processes that this one starts
            if (!OperatingSystem.IsWindows())
                _ = SetNative(name, value, 0); // .NET's own copy of the environment is not the one that libraries read
        }
    }

    /// <summary>
    /// Has the C library keep what libtorch frees: every operation makes a tensor and drops it, and giving megabytes back to the system
    /// to ask for them again takes a sixth of the time of a small model's steps.
    /// </summary>
    private static void KeepFreedMemory()
    {
        const int trimThreshold = -1, mmapThreshold = -3; // M_TRIM_THRESHOLD, M_MMAP_THRESHOLD of malloc.h
        try
        {
            _ = SetAllocator(mmapThreshold, 32 << 20); // the most that glibc takes
            _ = SetAllocator(trimThreshold, 1 << 30);
        }
        catch (EntryPointNotFoundException)
        {
            // another C library than glibc: slower, and right
        }
    }

    [LibraryImport("libc", EntryPoint = "mallopt")]
    private static partial int SetAllocator(int parameter, int value);

    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int SetNative(string name, string value, int overwrite);

    /// <summary>Runs before the first use of any type of this library, and so before TorchSharp looks for libtorch.</summary>
    [ModuleInitializer]
    [SuppressMessage("Usage", "CA2255",
        Justification = "A notebook calls no set-up: the library has to cure its own copy before TorchSharp loads it.")]
    internal static void Prepare()
    {
        WaitAsleep();
        if (!OperatingSystem.IsLinux())
            return;
        KeepFreedMemory();
        var folder = Path.GetDirectoryName(typeof(torch).Assembly.Location);
        var library = Path.Combine(folder ?? AppContext.BaseDirectory, "libLibTorchSharp.so");
        if (File.Exists(library))
            Cure(library);
    }
}
