namespace Urial;

/// <summary>How far a download has come.</summary>
/// <param name="File">The file in hand; null where only <paramref name="Note"/> is new.</param>
/// <param name="Done">Bytes of it that are there.</param>
/// <param name="Size">Its bytes, where the hub tells them.</param>
/// <param name="TotalDone">Bytes of all files that are there.</param>
/// <param name="Total">Bytes of all files, as far as they are known.</param>
/// <param name="Note">Something to tell beside the numbers.</param>
public sealed record HubProgress(string? File, long Done, long? Size, long TotalDone, long Total, string? Note = null);
