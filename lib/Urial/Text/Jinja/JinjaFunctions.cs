using System.Numerics;

namespace Urial;

/// <summary>What every template can call: Jinja's functions, and the two that transformers adds.</summary>
internal static class JinjaFunctions
{
    /// <summary>The functions by name.</summary>
    /// <param name="now">The time, for <c>strftime_now</c>.</param>
    public static Dictionary<string, object?> All(Func<DateTimeOffset> now) => new[]
    {
        new JinjaFunction("raise_exception", given =>
            throw new JinjaRefusal(JinjaText.Print(given.Bind("raise_exception", ("message", JinjaArguments.Required))[0]))),
        new JinjaFunction("strftime_now", given => given.Bind("strftime_now", ("format", JinjaArguments.Required))[0] is string format
            ? JinjaClock.Format(format, now()) : throw new JinjaFault("strftime_now needs a format")),
        new JinjaFunction("range", Range),
        new JinjaFunction("namespace", given =>
        {
            var space = new JinjaNamespace();
            Fill(space.Entries, given);
            return space;
        }),
        new JinjaFunction("dict", given =>
        {
            var map = new JinjaDict();
            Fill(map, given);
            return map;
        }),
        new JinjaFunction("joiner", Joiner),
        new JinjaFunction("cycler", _ => throw JinjaFault.Unsupported("the function cycler")),
        new JinjaFunction("lipsum", _ => throw JinjaFault.Unsupported("the function lipsum")),
    }.ToDictionary(function => function.Name, object? (function) => function, StringComparer.Ordinal);

    private static object? Range(JinjaArguments given)
    {
        if (given.Named.Count > 0 || given.Positional.Count is < 1 or > 3)
            throw new JinjaFault("range takes one to three numbers");
        BigInteger[] numbers = [.. given.Positional.Select(value => JinjaNumber.Whole(value)
            ?? throw new JinjaFault($"range takes whole numbers, not {JinjaValue.Kind(value)}"))];
        return numbers is [var stop] ? new JinjaRange(0, stop, 1)
            : new JinjaRange(numbers[0], numbers[1], numbers.Length == 3 ? numbers[2] : 1);
    }

    // A dictionary or pairs, and names.
    private static void Fill(JinjaDict map, JinjaArguments given)
    {
        foreach (var source in given.Positional)
            if (given.Positional.Count > 1)
                throw new JinjaFault("only one dictionary can be given");
            else if (source is JinjaDict other)
                foreach (var (key, value) in other)
                    map[key] = value;
            else
                foreach (var pair in JinjaValue.Items(source))
                    map[Pair(pair)[0]] = Pair(pair)[1];
        foreach (var (name, value) in given.Named)
            map[name] = value;

        static object?[] Pair(object? pair) => JinjaValue.Items(pair).ToArray() is { Length: 2 } two ? two
            : throw new JinjaFault("a dictionary is made of pairs");
    }

    private static object? Joiner(JinjaArguments given)
    {
        var separator = given.Bind("joiner", ("sep", ", "))[0];
        var used = false;
        return new JinjaFunction("joiner", _ =>
        {
            (var first, used) = (!used, true);
            return first ? "" : separator;
        });
    }
}
