namespace Urial.Tests;

/// <summary>Notebooks take over the process's console and current folder, so their tests run alone.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class NotebookCollection
{
    public const string Name = "Notebooks";
}
