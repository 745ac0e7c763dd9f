namespace Urial.Notebooks;

/// <summary>The language that an element of a page belongs to.</summary>
internal enum HtmlFamily
{
    /// <summary>HTML.</summary>
    Html,

    /// <summary>A formula in MathML.</summary>
    Math,

    /// <summary>A drawing in SVG.</summary>
    Svg,
}
