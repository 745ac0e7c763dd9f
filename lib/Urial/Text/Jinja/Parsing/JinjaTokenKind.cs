namespace Urial;

/// <summary>What a token of a Jinja template is.</summary>
internal enum JinjaTokenKind
{
    /// <summary>Text to be written as it is.</summary>
    Data,

    /// <summary><c>{{</c>.</summary>
    OutputBegin,

    /// <summary><c>}}</c>.</summary>
    OutputEnd,

    /// <summary><c>{%</c>.</summary>
    BlockBegin,

    /// <summary><c>%}</c>.</summary>
    BlockEnd,

    /// <summary>A name or keyword.</summary>
    Name,

    /// <summary>A string, with its escapes resolved.</summary>
    String,

    /// <summary>A whole number.</summary>
    Integer,

    /// <summary>A number with a point or an exponent.</summary>
    Float,

    /// <summary>A sign such as <c>+</c>, <c>==</c> or <c>(</c>.</summary>
    Operator,

    /// <summary>The end of the template.</summary>
    End,
}
