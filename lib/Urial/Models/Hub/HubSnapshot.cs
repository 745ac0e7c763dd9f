namespace Urial;

/// <summary>A model's files at one commit, as they lie in the cache.</summary>
/// <param name="Id">What was asked for.</param>
/// <param name="Commit">The commit that this was.</param>
/// <param name="Directory">The folder, which every command and <see cref="LanguageModel.Load(string, Precision)"/> take.</param>
/// <param name="Files">The model's files in it, with their lengths in bytes.</param>
/// <param name="Received">Bytes that were downloaded for it this time.</param>
public sealed record HubSnapshot(HubId Id, string Commit, string Directory, IReadOnlyList<(string Name, long Size)> Files, long Received)
{
    /// <summary>Bytes of all files.</summary>
    public long Size => Files.Sum(file => file.Size);
}
