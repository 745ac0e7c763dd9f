namespace Urial.Notebooks;

/// <summary>TeX commands and the characters they stand for.</summary>
internal static class MathSymbols
{
    /// <summary>Letters, set as identifiers.</summary>
    public static IReadOnlyDictionary<string, string> Letters { get; } = Pairs(
        "alpha α beta β gamma γ delta δ epsilon ϵ varepsilon ε zeta ζ eta η theta θ vartheta ϑ iota ι kappa κ lambda λ mu μ nu ν xi ξ pi "
            + "π rho ρ "
        + "sigma σ tau τ upsilon υ phi ϕ varphi φ chi χ psi ψ omega ω Gamma Γ Delta Δ Theta Θ Lambda Λ Xi Ξ Pi Π Sigma Σ Phi Φ Psi Ψ "
        + "Omega Ω "
        + "ell ℓ infty ∞ emptyset ∅ varnothing ∅ partial ∂ nabla ∇ hbar ℏ");

    /// <summary>Operators, relations and delimiters.</summary>
    public static IReadOnlyDictionary<string, string> Operators { get; } = Pairs(
        "cdot ⋅ times × div ÷ pm ± mp ∓ ast ∗ circ ∘ bullet • oplus ⊕ otimes ⊗ odot ⊙ cup ∪ cap ∩ setminus ∖ wedge ∧ land ∧ vee ∨ lor ∨ "
            + "neg ¬ lnot ¬ "
        + "le ≤ leq ≤ ge ≥ geq ≥ ne ≠ neq ≠ ll ≪ gg ≫ approx ≈ sim ∼ simeq ≃ equiv ≡ propto ∝ in ∈ notin ∉ ni ∋ subset ⊂ subseteq ⊆ "
        + "supset ⊃ supseteq ⊇ "
        + "to → rightarrow → leftarrow ← leftrightarrow ↔ Rightarrow ⇒ Leftarrow ⇐ Leftrightarrow ⇔ implies ⟹ iff ⟺ mapsto ↦ forall ∀ "
        + "exists ∃ "
        + "mid | vert | lvert | rvert | Vert ‖ lVert ‖ rVert ‖ parallel ∥ langle ⟨ rangle ⟩ lfloor ⌊ rfloor ⌋ lceil ⌈ rceil ⌉ lbrace { "
        + "rbrace } lbrack [ rbrack ] "
        + "ldots … dots … cdots ⋯ vdots ⋮ prime ′ colon : coloneqq ≔ top ⊤ bot ⊥ perp ⊥ star ⋆ backslash \\");

    /// <summary>Operators that carry their limits above and below in a displayed formula.</summary>
    public static IReadOnlyDictionary<string, string> Large { get; } = Pairs("sum ∑ prod ∏ int ∫ bigcup ⋃ bigcap ⋂ bigoplus ⨁");

    /// <summary>Function names that carry what stands under them.</summary>
    public static IReadOnlySet<string> Limits { get; } = new HashSet<string> { "max", "min", "arg", "argmax", "argmin", "sup", "inf", "lim",
        "Pr" };

    /// <summary>Function names.</summary>
    public static IReadOnlySet<string> Functions { get; } = new HashSet<string> { "log", "ln", "exp", "sin", "cos", "tan", "tanh", "det",
        "dim", "gcd", "softmax", "KL", "rank" };

    /// <summary>Accents over an argument.</summary>
    public static IReadOnlyDictionary<string, string> Accents { get; } =
        Pairs("hat ^ widehat ^ bar ¯ overline ¯ tilde ~ widetilde ~ vec → dot ˙");

    /// <summary>Spaces and their widths.</summary>
    public static IReadOnlyDictionary<string, string> Spaces { get; } =
        Pairs(", .17em : .22em ; .28em quad 1em qquad 2em thinspace .17em enspace .5em");

    /// <summary>A letter of the alphabets <c>\mathcal</c> and <c>\mathbb</c>.</summary>
    public static string Alphabet(string command, char letter) => (command, letter) switch
    {
        ("mathbb", 'C') => "ℂ",
        ("mathbb", 'N') => "ℕ",
        ("mathbb", 'P') => "ℙ",
        ("mathbb", 'Q') => "ℚ",
        ("mathbb", 'R') => "ℝ",
        ("mathbb", 'Z') => "ℤ",
        ("mathbb", '1') => "𝟙",
        ("mathbb", >= 'A' and <= 'Z') => char.ConvertFromUtf32(0x1D538 + letter - 'A'),
        ("mathcal", 'B') => "ℬ",
        ("mathcal", 'E') => "ℰ",
        ("mathcal", 'F') => "ℱ",
        ("mathcal", 'H') => "ℋ",
        ("mathcal", 'I') => "ℐ",
        ("mathcal", 'L') => "ℒ",
        ("mathcal", 'M') => "ℳ",
        ("mathcal", 'R') => "ℛ",
        ("mathcal", >= 'A' and <= 'Z') => char.ConvertFromUtf32(0x1D49C + letter - 'A'),
        _ => letter.ToString(),
    };

    private static Dictionary<string, string> Pairs(string text) =>
        text.Split(' ').Chunk(2).ToDictionary(pair => pair[0], pair => pair[1], StringComparer.Ordinal);
}
