namespace Urial;

/// <summary>A judge's reply that gives no verdict: another call may give one.</summary>
internal sealed class JudgeReplyException(string message) : Exception(message);
