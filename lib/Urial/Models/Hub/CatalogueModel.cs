namespace Urial;

/// <summary>A model of the catalogue.</summary>
/// <param name="Id">Its name on the hub.</param>
/// <param name="Revision">The commit, where one is pinned; else a branch.</param>
/// <param name="Parameters">Weights, about.</param>
/// <param name="DownloadBytes">What its files take, about.</param>
/// <param name="Licence">Its licence, by the word that the hub uses.</param>
/// <param name="IsGated">Whether the hub asks for an account that has accepted its terms.</param>
/// <param name="Note">What else must be known; null where nothing.</param>
public sealed record CatalogueModel(
    string Id, string Revision, long Parameters, long DownloadBytes, string Licence, bool IsGated, string? Note)
{
    /// <summary>The model as every command takes it: with its revision, unless that is <c>main</c>.</summary>
    public override string ToString() => Revision == "main" ? Id : $"{Id}@{Revision}";
}
