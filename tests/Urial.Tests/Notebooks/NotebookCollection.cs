namespace Urial.Tests;

/// <summary>Tests that run cells against the clock: one after the other, beside tests of other kinds.</summary>
[CollectionDefinition(Name)]
public sealed class NotebookCollection
{
    public const string Name = "Notebooks";
}
