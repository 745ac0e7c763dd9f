namespace Urial.Tests.House;

/// <summary>The map in lib/README.md is the house: every arrow that the sources have is on it, and no other.</summary>
public sealed class HouseTests
{
    [Theory]
    [InlineData("Urial")]
    [InlineData("Urial.MicroWorld")]
    [InlineData("Urial.Explore")]
    [InlineData("Urial.Notebooks")]
    public void The_sources_have_the_arrows_of_the_map_and_no_others(string project)
    {
        var map = HouseMap.Read(Repository.Path("lib", "README.md"), project);
        var arrows = FolderArrows.Of(Repository.Path("lib", project));

        Assert.Empty(arrows.Where(arrow => !map.Allows(arrow.Key.From, arrow.Key.To))
            .Select(arrow => $"{arrow.Key.From} must not name types of {arrow.Key.To}: {arrow.Value}"));
        Assert.Empty(map.Arrows.Except(arrows.Keys)
            .Select(arrow => $"the map has an arrow from {arrow.From} to {arrow.To}, and the sources have none"));
    }

    [Theory]
    [InlineData("Urial")]
    [InlineData("Urial.MicroWorld")]
    [InlineData("Urial.Explore")]
    [InlineData("Urial.Notebooks")]
    public void Arrows_of_the_map_lead_upwards_only(string project)
    {
        var map = HouseMap.Read(Repository.Path("lib", "README.md"), project);

        Assert.Equal(map.Folders, map.Folders.Distinct());
        Assert.All(map.Arrows, arrow =>
            Assert.True(map.Folders.ToList().IndexOf(arrow.To) < map.Folders.ToList().IndexOf(arrow.From), $"{arrow}"));
    }

    [Fact]
    public void In_the_micro_world_only_its_own_Views_name_Views()
    {
        var arrows = FolderArrows.Of(Repository.Path("lib", "Urial.MicroWorld"), Repository.Path("lib", "Urial"));

        Assert.Equal(["Views"], arrows.Keys.Where(arrow => arrow.To == "../Urial/Views").Select(arrow => arrow.From));
    }

    [Fact]
    public void An_arrow_that_the_map_lacks_is_found()
    {
        using var folder = new Models.TemporaryFolder();
        foreach (var (path, text) in new[]
        {
            ("Low/Leaf.cs", "namespace N; public static class Leaf { public static int Twice(this int x) => 2 * x; }"),
            ("High/User.cs", "namespace N; public static class User { public static int Of(int x) => x.Twice(); }"),
        })
        {
            Directory.CreateDirectory(Path.GetDirectoryName(folder.File(path))!);
            File.WriteAllText(folder.File(path), text);
        }

        Assert.Equal([("High", "Low")], FolderArrows.Of(folder.Root).Keys);
    }
}
