namespace Urial.Tests.Models.Served;

/// <summary>How a test server fails.</summary>
public enum ServerFaultKind
{
    /// <summary>The connection breaks in the middle of the body.</summary>
    Cut,

    /// <summary>429 with Retry-After.</summary>
    TooMany,

    /// <summary>500.</summary>
    Error,

    /// <summary>Nothing for a long time.</summary>
    Silence,

    /// <summary>200 and no JSON.</summary>
    Garbage,

    /// <summary>200 and JSON without what was asked for.</summary>
    Empty,

    /// <summary>200, and the error in the body.</summary>
    ErrorInside,
}
