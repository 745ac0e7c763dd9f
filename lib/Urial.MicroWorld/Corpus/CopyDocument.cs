using System.Text;

namespace Urial.MicroWorld;

/// <summary>Documents whose lines repeat: a fixed frame around changing facts, or nothing but copying. They teach to look back.</summary>
internal sealed class CopyDocument(World world, OpenVocabulary phrases)
{
    /// <summary>Lines of one random frame around true facts.</summary>
    public string Pattern(Rng r)
    {
        var (before, after) = (phrases.Phrase(r, 1, 5), phrases.Phrase(r, 1, 5));
        var text = new StringBuilder();
        for (var i = r.Between(4, 8); i > 0; i--)
        {
            var entity = r.Pick(world.Entities);
            var attribute = r.Pick(entity.Class.Attributes);
            text.Append($"{before} {entity.Name}, {attribute}: {entity[attribute]} {after}\n");
        }
        return text.Append('\n').ToString();
    }

    /// <summary>Random phrases, repeated: whole, around single words, or around random bodies.</summary>
    public string Copy(Rng r)
    {
        var text = new StringBuilder();
        switch (r.Next(3))
        {
            case 0:
                var lines = new List<string>();
                for (var i = r.Between(1, 3); i > 0; i--)
                    lines.Add(phrases.Phrase(r, 2, 9));
                for (var i = r.Between(2, 5); i > 0; i--)
                    text.AppendJoin('\n', lines).Append("\n\n");
                break;
            case 1:
                var (prefix, suffix) = (phrases.Phrase(r, 1, 3), phrases.Phrase(r, 1, 7));
                for (var i = r.Between(4, 9); i > 0; i--)
                    text.Append($"{prefix} {r.Pick(WordLists.Common)} {suffix}\n");
                break;
            default:
                var (head, opener, bullet, closer) =
                    (phrases.Phrase(r, 1, 3), phrases.Phrase(r, 2, 8), phrases.Bullet(r), phrases.Phrase(r, 2, 8));
                for (var i = r.Between(3, 5); i > 0; i--)
                {
                    text.Append($"{head}\n{opener}\n");
                    for (var j = r.Between(1, 4); j > 0; j--)
                        text.Append($"{bullet} {r.Pick(WordLists.Common)} {r.Pick(WordLists.Common)}\n");
                    text.Append($"{closer}\n\n");
                }
                return text.ToString();
        }
        return text.Append('\n').ToString();
    }
}
