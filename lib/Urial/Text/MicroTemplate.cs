namespace Urial;

/// <summary>The chat template of the embedded pair.</summary>
public static class MicroTemplate
{
    /// <summary>The token that opens a reader's turn.</summary>
    public const string User = "<|user|>";

    /// <summary>The token that opens an answer.</summary>
    public const string Assistant = "<|assistant|>";

    /// <summary>The token that opens the system text.</summary>
    public const string System = "<|system|>";

    /// <summary>The token that ends every turn; as the end of an answer it is the end of sequence.</summary>
    public const string End = "<|end|>";

    /// <summary>
    /// In Jinja: each message as <c>&lt;|role|&gt;</c>, newline, content, <c>&lt;|end|&gt;</c>, newline (system content, if any, comes
    /// first); to ask for an answer, <c>&lt;|assistant|&gt;</c> and a newline follow.
    /// </summary>
    public const string Jinja =
        "{% for message in messages %}{{ '<|' + message['role'] + '|>\\n' + message['content'] + '<|end|>\\n' }}{% endfor %}"
        + "{% if add_generation_prompt %}{{ '<|assistant|>\\n' }}{% endif %}";
}
