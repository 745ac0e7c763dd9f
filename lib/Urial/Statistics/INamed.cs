namespace Urial;

/// <summary>What tables, charts and lists call by its name: an arm, a way of answering, a condition.</summary>
public interface INamed
{
    /// <summary>The name, as a table or chart writes it.</summary>
    string Name { get; }
}
