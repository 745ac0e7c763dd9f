using System.Text.Json;

namespace Urial.MicroWorld;

/// <summary>All that is true in the micro-world: the tables of <c>data/world/</c>, about 520 entities with six facts each.</summary>
public sealed class World
{
    private static readonly Lazy<World> Loaded = new(() => Load(Repository.Path("data", "world")));

    private readonly Dictionary<string, EntityClass> _classes;
    private readonly Dictionary<string, Entity> _entities = new(StringComparer.Ordinal);

    private World(IReadOnlyList<EntityClass> classes)
    {
        Classes = classes;
        Entities = [.. classes.SelectMany(c => c.Entities)];
        _classes = classes.ToDictionary(c => c.Key, StringComparer.Ordinal);
        foreach (var entity in Entities)
            if (!_entities.TryAdd(entity.Name, entity))
                throw new UrialException(
                    $"data/world: '{entity.Name}' is both in {_entities[entity.Name].Class.Key}.csv and in {entity.Class.Key}.csv; "
                        + "rename one of them.");
        Seen = [.. Entities.Where(e => !e.HeldOut)];
        HeldOut = [.. Entities.Where(e => e.HeldOut)];
    }

    /// <summary>The classes, ordered by key.</summary>
    public IReadOnlyList<EntityClass> Classes { get; }

    /// <summary>All entities, class by class, each in its table's order.</summary>
    public IReadOnlyList<Entity> Entities { get; }

    /// <summary>The entities that alignment data may use.</summary>
    public IReadOnlyList<Entity> Seen { get; }

    /// <summary>The entities that occur in pre-training only, never in SFT, DPO or a prompt.</summary>
    public IReadOnlyList<Entity> HeldOut { get; }

    /// <summary>The world of this repository, read once.</summary>
    /// <exception cref="UrialException">A table is missing or malformed; the message names file and line.</exception>
    public static World Load() => Loaded.Value;

    /// <summary>Reads a world from a folder of <c>class.csv</c> and <c>class.questions.json</c> pairs.</summary>
    /// <exception cref="UrialException">A table is missing or malformed; the message names file and line.</exception>
    public static World Load(string directory)
    {
        if (!Directory.Exists(directory))
            throw new UrialException($"No folder {directory}: the micro-world's tables are missing; check the repository out again.");
        var grammar = Grammar.Load(Path.Combine(directory, "articles.json"));
        var files = Directory.GetFiles(directory, "*.questions.json").Order(StringComparer.Ordinal).ToArray();
        if (files.Length == 0)
            throw new UrialException(
                $"No *.questions.json in {directory}: the micro-world's tables are missing; check the repository out again.");
        return new World([.. files.Select(file => ReadClass(file, grammar))]);
    }

    /// <summary>The class of a key, as in <c>animal</c> for <c>animal.csv</c>.</summary>
    /// <exception cref="KeyNotFoundException">There is no such class.</exception>
    public EntityClass Class(string key) => _classes[key];

    /// <summary>The entity of a name, or null.</summary>
    public Entity? Find(string name) => _entities.GetValueOrDefault(name);

    private static EntityClass ReadClass(string questionsFile, Grammar grammar)
    {
        var key = Path.GetFileName(questionsFile)[..^".questions.json".Length];
        try
        {
            var questions = JsonSerializer.Deserialize<ClassQuestions>(InputFile.Text(questionsFile, "questions file"),
                ClassQuestions.Options)
                ?? throw new UrialException($"{questionsFile} is empty.");
            return new EntityClass(key, questions, grammar,
                WorldTable.Read(Path.ChangeExtension(Path.ChangeExtension(questionsFile, null), ".csv")));
        }
        catch (JsonException e)
        {
            throw new UrialException($"{questionsFile} is not a questions file: {e.Message}");
        }
    }
}
