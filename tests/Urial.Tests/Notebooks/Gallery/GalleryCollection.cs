namespace Urial.Tests;

/// <summary>Tests that look at a gallery's pages share one browser, one after the other.</summary>
[CollectionDefinition(Name)]
public sealed class GalleryCollection : ICollectionFixture<GalleryBrowser>
{
    public const string Name = "Gallery pages";
}
