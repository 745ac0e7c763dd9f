namespace Urial.Notebooks;

/// <summary>One message between the runner and a chapter's process.</summary>
/// <param name="Kind">What it says.</param>
/// <param name="Cell">The code cell it belongs to, from 1; 0 for the process as a whole.</param>
/// <param name="Texts">Its texts, as <see cref="HostMessageKind"/> names them; they may hold half a character, as UTF-16 can.</param>
internal sealed record HostMessage(HostMessageKind Kind, int Cell, params IReadOnlyList<string> Texts);
