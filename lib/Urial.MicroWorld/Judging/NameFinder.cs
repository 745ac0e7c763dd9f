using System.Collections.Concurrent;

namespace Urial.MicroWorld;

/// <summary>Finds the names of entities in an answer.</summary>
internal static class NameFinder
{
    private static readonly ConcurrentDictionary<EntityClass, Dictionary<string, Entity>> Names = new();

    /// <summary>
    /// The names in a text, longest first where they overlap: those of the query's entities, of their classes, and of other classes
    /// where they have a capital or several words ("lead" and "rose" are ordinary words in an answer about something else).
    /// </summary>
    public static IReadOnlyList<(TextSpan Span, Entity Entity)> Find(Query query, string text)
    {
        var asked = query.Entities.Concat(query.Accepted).Concat(query.Facts.Select(f => f.Entity)).ToHashSet();
        var classes = asked.Select(e => e.Class).Distinct().ToDictionary(c => c.Key, StringComparer.Ordinal);
        var others = World.Load().Entities
            .Where(e => !classes.ContainsKey(e.Class.Key) && (e.Name.Contains(' ') || char.IsUpper(e.Name[0])));
        var found = new List<(TextSpan Span, Entity Entity)>();
        foreach (var entity in classes.Values.SelectMany(c => c.Entities).Concat(others))
            foreach (var span in WordMatch.FindName(text, entity.Name))
                found.Add((span, entity));
        return WordMatch.Longest(found.OrderByDescending(f => asked.Contains(f.Entity)));
    }

    /// <summary>The entity of a class by its name, whatever its case; null for none.</summary>
    public static Entity? ByName(EntityClass kind, string name) => name.Length == 0 ? null
        : Names.GetOrAdd(kind, k => k.Entities.ToDictionary(e => e.Name, StringComparer.OrdinalIgnoreCase)).GetValueOrDefault(name);
}
