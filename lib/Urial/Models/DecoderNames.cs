namespace Urial;

/// <summary>
/// What a family calls its weights. A name without <c>.weight</c> or <c>.bias</c>; null where the family has no such part. The default is
/// Llama's.
/// </summary>
internal sealed record DecoderNames
{
    /// <summary>What every name but the head's begins with; files of a bare model lack it.</summary>
    public string Model { get; init; } = "model.";

    public string Embedding { get; init; } = "embed_tokens";

    /// <summary>Learned positions.</summary>
    public string? Positions { get; init; }

    public string Blocks { get; init; } = "layers.";

    public string? BeforeAttention { get; init; } = "input_layernorm";

    public string? AfterAttention { get; init; }

    public string? BeforeFeedForward { get; init; } = "post_attention_layernorm";

    public string? AfterFeedForward { get; init; }

    public string Query { get; init; } = "self_attn.q_proj";

    public string Key { get; init; } = "self_attn.k_proj";

    public string Value { get; init; } = "self_attn.v_proj";

    /// <summary>Queries, keys and values in one matrix.</summary>
    public string Fused { get; init; } = "self_attn.qkv_proj";

    public string QueryNorm { get; init; } = "self_attn.q_norm";

    public string KeyNorm { get; init; } = "self_attn.k_norm";

    public string Output { get; init; } = "self_attn.o_proj";

    public string Gate { get; init; } = "mlp.gate_proj";

    public string Up { get; init; } = "mlp.up_proj";

    /// <summary>Gate and up in one matrix.</summary>
    public string GateAndUp { get; init; } = "mlp.gate_up_proj";

    public string Down { get; init; } = "mlp.down_proj";

    public string FinalNorm { get; init; } = "norm";

    public string Head { get; init; } = "lm_head";

    /// <summary>Ends of names that old files carry and no computation needs: masks and frequencies.</summary>
    public string[] Constants { get; init; } = [".rotary_emb.inv_freq"];

    /// <summary>What a name may begin with instead, and what that stands for.</summary>
    public (string Stored, string Known)[] Renamed { get; init; } = [];

    /// <summary>Beginnings of names of parts that read no text.</summary>
    public string[] Passed { get; init; } = [];
}
