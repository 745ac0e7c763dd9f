namespace Urial;

/// <summary>What a template itself raises: it refuses the conversation, and says why.</summary>
internal sealed class JinjaRefusal(string why) : Exception(why);
