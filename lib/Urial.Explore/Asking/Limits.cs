namespace Urial.Explore;

/// <summary>What one page may ask for.</summary>
internal static class Limits
{
    /// <summary>Bytes of a request.</summary>
    public const int Body = 512 << 10;

    /// <summary>Characters of all turns of a conversation together.</summary>
    public const int Conversation = 40_000;

    /// <summary>Turns of a conversation, system message and answers included.</summary>
    public const int Turns = 41;

    /// <summary>Characters of an edited prompt.</summary>
    public const int Prompt = 100_000;

    /// <summary>Tokens of an answer.</summary>
    public const int Answer = 512;

    /// <summary>Tokens of an answer where nobody says.</summary>
    public const int UsualAnswer = 160;

    /// <summary>Answers that stand side by side.</summary>
    public const int Branches = 8;

    /// <summary>Requests that wait for the models.</summary>
    public const int Waiting = 8;

    /// <summary>Connections at once: a browser keeps some of every tab, and what is over the limit finds nobody.</summary>
    public const int Connections = 1024;

    /// <summary>How long a connection may lie idle.</summary>
    public static readonly TimeSpan Idle = TimeSpan.FromSeconds(30);

    /// <summary>The blend's ends.</summary>
    public const double LeastBlend = -0.5, MostBlend = 1.5;

    /// <summary>How many of each model's most probable tokens are told.</summary>
    public const int Top = 6;
}
