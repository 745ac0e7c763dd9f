namespace Urial.Explore;

/// <summary>Too many requests wait for the models already.</summary>
internal sealed class TooManyException() : UrialException(FormattableString.Invariant(
    $"{Limits.Waiting} requests wait for the models already: stop another page, or ask again when one of them is done."));
