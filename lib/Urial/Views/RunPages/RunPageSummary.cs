using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Urial;

/// <summary>The summary of a run as tables: the numbers are those of <c>summary.json</c>, each with its interval.</summary>
internal static class RunPageSummary
{
    private static readonly (string Path, string Name, string Unit)[] Rows =
    [
        ("micro/unshifted", "unshifted (base rank 1)", "%"), ("micro/marginal", "marginal (base rank 2–3)", "%"),
        ("micro/shifted", "shifted (base rank > 3)", "%"), ("macro/shifted", "shifted, as a mean over answers", "%"),
        ("mean_kl_aligned_base", "KL(aligned‖base)", "nats"), ("mean_kl_base_aligned", "KL(base‖aligned)", "nats"),
        ("mean_js", "Jensen–Shannon divergence", "nats"), ("mean_base_prob", "base probability of the token", "%"),
        ("mean_base_rank", "base rank of the token", ""),
    ];

    /// <summary>The section.</summary>
    public static string Html(StoredRun run)
    {
        var html = new StringBuilder("<section aria-labelledby=\"urial-summary\">\n<h2 id=\"urial-summary\">Summary</h2>\n");
        var bootstrap = run.Manifest.TryGetProperty("bootstrap", out var settings) ? settings : default;
        html.Append($"<p>{Markup.Html(Counted(run.Summary.GetProperty("with_eos")))} {Markup.Html(Intervals(bootstrap))}</p>\n");
        Table(html, run, "with_eos", "All tokens, the end of sequence included");
        if (run.Summary.TryGetProperty("without_eos", out _))
        {
            html.Append("<details><summary>Without end-of-sequence tokens</summary>\n");
            Table(html, run, "without_eos", "Without end-of-sequence tokens");
            html.Append("</details>\n");
        }
        return html.Append("</section>\n").ToString();
    }

    /// <summary>How many tokens and answers, and how many did not end.</summary>
    public static string Counted(JsonElement side)
    {
        var (positions, answers, cut) = (Whole(side, "n_positions"), Whole(side, "n_answers"), Whole(side, "n_not_ended"));
        return $"n = {Numbers.Count(positions)} tokens of {Numbers.Count(answers)} answers; "
            + (cut == 0 ? "all of them ended." : $"{Numbers.Count(cut)} of them did not end, and are counted apart where others did.");
    }

    private static string Intervals(JsonElement bootstrap) => bootstrap.ValueKind != JsonValueKind.Object ? ""
        : string.Create(CultureInfo.InvariantCulture, $"In brackets {100 * bootstrap.GetProperty("level").GetDouble():0.#} % intervals: ")
            + $"{Numbers.Count(Whole(bootstrap, "resamples"))} bootstrap resamples of whole answers.";

    private static void Table(StringBuilder html, StoredRun run, string name, string caption)
    {
        var side = run.Summary.GetProperty(name);
        var ended = side.GetProperty("ended_only");
        var both = Whole(side, "n_not_ended") > 0 && Whole(ended, "n_answers") > 0;
        html.Append($"<div class=\"wide\"><table class=\"numbers\"><caption>{caption}</caption>\n<thead><tr><th scope=\"col\">Share or "
            + $"mean over tokens</th><th scope=\"col\">all {Numbers.Count(Whole(side, "n_answers"))} answers</th>");
        if (both)
            html.Append($"<th scope=\"col\">the {Numbers.Count(Whole(ended, "n_answers"))} that ended</th>");
        html.Append("</tr></thead>\n<tbody>\n");
        foreach (var (path, label, unit) in Rows)
        {
            html.Append($"<tr><th scope=\"row\">{Markup.Html(label)}{(unit is "nats" ? " (nats)" : "")}</th>");
            html.Append(Cell("all", side, path, unit)).Append(both ? Cell("ended", ended, path, unit) : "").Append("</tr>\n");
        }
        var answers = run.Answers;
        foreach (var (label, value) in new (string, Func<PositionShift, double>)[]
        {
            ("entropy of the base model", p => p.BaseEntropy), ("entropy of the aligned model", p => p.AlignedEntropy),
        })
        {
            html.Append($"<tr><th scope=\"row\">{label} (nats)</th>{Cell("all", Mean(answers, value, name == "with_eos"))}");
            html.Append(both ? Cell("ended", Mean(answers.ThatEnded(), value, name == "with_eos")) : "").Append("</tr>\n");
        }
        html.Append("</tbody></table></div>\n");
    }

    // The summary has no entropies: pooled over tokens as its own means are, with the same resamples.
    private static Estimate? Mean(IReadOnlyList<ShiftedAnswer> answers, Func<PositionShift, double> value, bool withEos)
    {
        PositionShift[][] rows = [.. answers.Select(a => a.Positions.Where(p => withEos || !p.IsEos).ToArray()).Where(r => r.Length > 0)];
        return rows.Length == 0 ? null : Bootstrap.Ratio([.. rows.Select(r => r.Sum(value))], [.. rows.Select(r => (double)r.Length)]);
    }

    private static string Cell(string which, Estimate? mean) => mean is null ? $"<td data-of=\"{which}\">none</td>"
        : Cell(which, mean.Value, mean.Interval.Low, mean.Interval.High, "nats");

    private static string Cell(string which, JsonElement side, string path, string unit)
    {
        var parts = path.Split('/');
        var group = parts.Length > 1 ? side.GetProperty(parts[0]) : side;
        if (group.GetProperty(parts[^1]) is not { ValueKind: JsonValueKind.Number } value)
            return $"<td data-of=\"{which}\">{(group.TryGetProperty($"{parts[^1]}_low", out var least) ? Between(least.GetDouble(),
                group.GetProperty($"{parts[^1]}_high")) : "none")}</td>";
        var interval = group.GetProperty("intervals").GetProperty(parts[^1]);
        return Cell(which, value.GetDouble(), interval[0].GetDouble(), interval[1].GetDouble(), unit);
    }

    private static string Between(double low, JsonElement high) => Markup.Html(Numbers.Nats(double.NaN, new Bounds(low,
        high.ValueKind == JsonValueKind.Number ? high.GetDouble() : double.PositiveInfinity)));

    private static string Cell(string which, double value, double low, double high, string unit)
    {
        var (factor, digits) = unit == "%" ? (100, 1) : (1, unit == "nats" ? 3 : 2);
        return string.Create(CultureInfo.InvariantCulture, $"<td data-of=\"{which}\"><data value=\"{value:R}\">{Number(value)}")
            + $"{(unit == "%" ? " %" : "")}</data> "
            + $"<span class=\"n\">[{Number(low)}, {Number(high)}]</span></td>";

        string Number(double number) => Numbers.Fixed(factor * number, digits);
    }

    private static int Whole(JsonElement side, string name) => side.GetProperty(name).GetInt32();
}
