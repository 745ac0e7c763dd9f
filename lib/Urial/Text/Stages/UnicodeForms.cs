using System.Globalization;
using System.Text;

namespace Urial;

/// <summary>
/// Unicode's four normal forms. Our own, because <see cref="string.Normalize()"/> returns the text unchanged without a word where .NET
/// runs without ICU (invariant globalisation), and ids must not depend on the host. Source: Unicode Standard Annex 15.
/// </summary>
internal static class UnicodeForms
{
    // Hangul syllables decompose by arithmetic (Unicode Standard, section 3.12).
    private const int Syllable = 0xAC00, Lead = 0x1100, Vowel = 0x1161, Trail = 0x11A7;
    private const int Leads = 19, Vowels = 21, Trails = 28, Syllables = Leads * Vowels * Trails;

    private static readonly Lazy<Data> Tables = new(Data.Load);
    private static readonly Lazy<Dictionary<int, int[]>> Compatible = new(() =>
        Lines("nfkc.txt").Select(line => line.Split('>')).ToDictionary(line => Point(line[0]), line => Points(line[1])));

    /// <summary>Form C: composed.</summary>
    public static string C(string text) =>
        // Below U+0300 nothing combines.
        text.AsSpan().IndexOfAnyExceptInRange('\0', '\u02FF') < 0 ? text : Normalize(text, compose: true, compatible: false);

    /// <summary>Form D: decomposed.</summary>
    public static string D(string text) =>
        text.AsSpan().IndexOfAnyExceptInRange('\0', '\u00BF') < 0 ? text : Normalize(text, compose: false, compatible: false);

    /// <summary>Form KC: composed, characters of the same meaning made one.</summary>
    public static string KC(string text) =>
        text.AsSpan().IndexOfAnyExceptInRange('\0', '\u009F') < 0 ? text : Normalize(text, compose: true, compatible: true);

    /// <summary>Form KD: decomposed, characters of the same meaning made one.</summary>
    public static string KD(string text) =>
        text.AsSpan().IndexOfAnyExceptInRange('\0', '\u009F') < 0 ? text : Normalize(text, compose: false, compatible: true);

    private static string Normalize(string text, bool compose, bool compatible)
    {
        var points = new List<int>(text.Length);
        foreach (var rune in text.EnumerateRunes())
            Decompose(rune.Value, points, compatible);
        SortMarks(points);
        if (compose)
            Compose(points);
        var normalized = new StringBuilder(points.Count);
        foreach (var point in points)
            normalized.Append(new Rune(point).ToString());
        return normalized.ToString();
    }

    private static void Decompose(int point, List<int> points, bool compatible)
    {
        if (point - Syllable is >= 0 and < Syllables and var index)
        {
            points.Add(Lead + index / (Vowels * Trails));
            points.Add(Vowel + index / Trails % Vowels);
            if (index % Trails > 0)
                points.Add(Trail + index % Trails);
        }
        else if (Tables.Value.Decompositions.TryGetValue(point, out var parts)
            || compatible && Compatible.Value.TryGetValue(point, out parts))
            foreach (var part in parts)
                Decompose(part, points, compatible);
        else
            points.Add(point);
    }

    // Marks between two starters (class 0) are put in the order of their classes; equal classes keep theirs.
    private static void SortMarks(List<int> points)
    {
        for (var start = 0; start < points.Count; start++)
        {
            var end = start;
            var sorted = true;
            for (; end < points.Count && Class(points[end]) > 0; end++)
                sorted &= end == start || Class(points[end - 1]) <= Class(points[end]);
            if (!sorted)
            {
                var marks = points.GetRange(start, end - start).OrderBy(Class).ToList(); // a stable order
                for (var i = start; i < end; i++)
                    points[i] = marks[i - start];
            }
            start = end;
        }
    }

    private static void Compose(List<int> points)
    {
        var starter = -1;
        var (written, lastClass) = (0, 0);
        foreach (var point in points.ToArray())
        {
            var mark = Class(point);
            // A mark is blocked from the starter by one of its own class or higher; another starter by anything in between.
            var adjacent = starter == written - 1;
            if (starter >= 0 && (adjacent || lastClass < mark) && Pair(points[starter], point) is { } composed)
            {
                points[starter] = composed;
                continue;
            }
            if (mark == 0)
                starter = written;
            lastClass = mark;
            points[written++] = point;
        }
        points.RemoveRange(written, points.Count - written);
    }

    private static int? Pair(int first, int second)
    {
        if (first - Lead is >= 0 and < Leads and var lead && second - Vowel is >= 0 and < Vowels and var vowel)
            return Syllable + (lead * Vowels + vowel) * Trails;
        if (first - Syllable is >= 0 and < Syllables and var syllable && syllable % Trails == 0
            && second - Trail is > 0 and < Trails and var trail)
            return first + trail;
        return Tables.Value.Compositions.TryGetValue((first, second), out var composed) ? composed : null;
    }

    private static int Class(int point) => point < 0x300 ? 0 : Tables.Value.Classes.GetValueOrDefault(point);

    private static IEnumerable<string> Lines(string resource)
    {
        using var stream = typeof(UnicodeForms).Assembly.GetManifestResourceStream(resource)
            ?? throw new InvalidOperationException($"The library was built without its resource {resource}.");
        using var reader = new StreamReader(stream);
        while (reader.ReadLine() is { } line)
            if (!line.StartsWith('#'))
                yield return line;
    }

    private static int Point(string digits) => int.Parse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);

    private static int[] Points(string list) => [.. list.Split(' ').Select(Point)];

    private sealed record Data(Dictionary<int, int[]> Decompositions, Dictionary<(int, int), int> Compositions,
        Dictionary<int, int> Classes)
    {
        public static Data Load()
        {
            var data = new Data([], [], []);
            foreach (var line in Lines("nfc.txt"))
                if (line.Split(':') is [var range, var mark])
                    data.AddClass([.. range.Split('-').Select(Point)], int.Parse(mark, CultureInfo.InvariantCulture));
                else if (line.Split('=', '>') is [var point, var parts])
                    data.AddDecomposition(Point(point), Points(parts), composes: line.Contains('='));
            return data;
        }

        private void AddClass(int[] range, int mark)
        {
            for (var point = range[0]; point <= range[1]; point++)
                Classes[point] = mark;
        }

        private void AddDecomposition(int point, int[] parts, bool composes)
        {
            Decompositions[point] = parts;
            if (composes)
                Compositions[(parts[0], parts[1])] = point;
        }
    }
}
