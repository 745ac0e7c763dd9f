namespace Urial.MicroWorld;

/// <summary>What a query asks for.</summary>
public enum QueryKind
{
    /// <summary>One fact of one entity.</summary>
    Single,
    /// <summary>Several facts of one entity, named or left open.</summary>
    Several,
    /// <summary>Yes or no: whether two entities agree, which is higher, or whether a statement is right.</summary>
    Comparison,
    /// <summary>An entity that meets a condition, out of its class or out of three.</summary>
    Constraint,
    /// <summary>A fact of the entity that a first fact leads to.</summary>
    TwoHop,
    /// <summary>A fact and what it means.</summary>
    Explanation,
    /// <summary>Something that nobody can know.</summary>
    Unknowable,
    /// <summary>Help with harm.</summary>
    Unsafe,
}
