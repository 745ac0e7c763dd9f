using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using TorchSharp;

namespace Urial;

/// <summary>Makes libtorch loadable on this machine before anything uses it.</summary>
public static class TorchRuntime
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

    /// <summary>Runs before the first use of any type of this library, and so before TorchSharp looks for libtorch.</summary>
    [ModuleInitializer]
    [SuppressMessage("Usage", "CA2255", Justification = "A notebook calls no set-up: the library has to cure its own copy before TorchSharp loads it.")]
    internal static void Prepare()
    {
        if (!OperatingSystem.IsLinux())
            return;
        var folder = Path.GetDirectoryName(typeof(torch).Assembly.Location);
        var library = Path.Combine(folder ?? AppContext.BaseDirectory, "libLibTorchSharp.so");
        if (File.Exists(library))
            Cure(library);
    }
}
