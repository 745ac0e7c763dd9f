using System.Text;
using System.Text.Json;

namespace Urial.Tests;

/// <summary>A made-up run for pages, some of whose ids, queries and tokens try to be more than text.</summary>
internal static class MadeUpRun
{
    /// <summary>What must stay text wherever it stands; each would set <c>document.hacked</c>.</summary>
    public static readonly string[] Hostile =
    [
        "<script>document.hacked=1</script>", "</script><script>document.hacked=1</script>", "</pre></textarea></title><b>bold</b>",
        "<img src=x onerror=\"document.hacked=1\">", "\" onfocus=\"document.hacked=1\" autofocus x=\"", "<!--<script>",
        "\u202egnp\u202c\u001b[31m",
        "]]>&lt;&amp;#60;", "javascript:document.hacked=1",
    ];

    /// <summary>A run of some answers: hostile ones first, then ordinary ones, every fifth of which did not end.</summary>
    public static StoredRun Of(int count = 50)
    {
        ShiftedAnswer[] answers =
        [
            .. Enumerable.Range(0, count).Select(i => i < Hostile.Length
                ? MadeUp.Of(Hostile[i], $"What is {Hostile[i]}?", "It", " is ", Hostile[i], ".", "<eos>") with { Kind = Hostile[i] }
                : MadeUp.Of($"q{i + 1}", $"Tell me of thing number {i + 1}.",
                    [.. Enumerable.Range(0, 3 + i % 7).Select(k => $" word{k}"),
                    " thing", $"{(char)('一' + i)}", .. i % 5 == 0 ? Array.Empty<string>() : ["<eos>"]]) with { Kind = i % 2 == 0 ? "even" : "odd" }),
        ];
        return Of(answers);
    }

    /// <summary>A run of these answers, with the summary that <c>urial shift</c> would write.</summary>
    public static StoredRun Of(IReadOnlyList<ShiftedAnswer> answers)
    {
        using var memory = new MemoryStream();
        using (var json = new Utf8JsonWriter(memory))
            SummaryJson.Write(json, new ShiftTable(answers), SharedVocabulary.Whole(1000));
        return new StoredRun
        {
            Folder = "made-up",
            Answers = answers,
            Notes = ["A note about <b>it</b>."],
            Summary = JsonElement.Parse(memory.ToArray()),
            Manifest = JsonElement.Parse("""
                {"kind": "urial-shift", "base": {"path": "models/tiny-base", "files_sha256": {"config.json": "0123abcd"}},
                 "aligned": {"path": "models/<b>aligned"}, "dtype": "f32", "not_ended": ["q10", "q15"],
                 "prompts": {"base": {"provenance": "zero-shot"}, "aligned": {"style": "chat"}},
                 "bootstrap": {"unit": "query", "resamples": 2000, "level": 0.95, "seed": 0}, "failed": []}
                """),
        };
    }

    /// <summary>The run's page.</summary>
    public static string Page(StoredRun run)
    {
        using var memory = new MemoryStream();
        RunPage.Write(run, memory);
        return Encoding.UTF8.GetString(memory.ToArray());
    }
}
