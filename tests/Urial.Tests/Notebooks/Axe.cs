using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace Urial.Tests;

/// <summary>What axe finds wrong on a page.</summary>
internal static class Axe
{
    // What is right is not told in full: on a page of thousands of tokens that takes longer than looking for what is wrong.
    private static readonly AxeRunOptions Violations = new() { ResultTypes = [ResultType.Violations] };

    /// <summary>Findings of the given impacts, a line each with the first elements that have it; empty: there are none.</summary>
    /// <param name="page">A page that scripts may be put into: its own policy is switched off.</param>
    /// <param name="impacts">Words of axe: minor, moderate, serious, critical. What has none is told too.</param>
    /// <param name="except">What is left out, as a CSS selector.</param>
    public static async Task<string> FindAsync(IPage page, string[] impacts, string? except = null)
    {
        var context = new AxeRunContext { Exclude = except is null ? [] : [new AxeSelector(except)] };
        return string.Join('\n', (await page.RunAxe(context, Violations)).Violations
            .Where(found => found.Impact is null || impacts.Contains(found.Impact))
            .SelectMany(found => found.Nodes.Take(3).Select(node =>
                $"{found.Impact} {found.Id} ({found.Nodes.Length}): {node.Html}")));
    }
}
