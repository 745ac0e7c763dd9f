using static Microsoft.Playwright.Assertions;

namespace Urial.Tests.Explore;

/// <summary>Faster than the page answers, and with addresses that somebody else made.</summary>
public sealed partial class ExploreBrowserTests
{
    [Fact]
    public async Task What_is_begun_ends_what_was_under_way_and_nothing_of_it_comes_back()
    {
        if (browser.IsMissing(output))
            return;
        var page = await Open(1320);
        await Ask(page);
        await Expect(Part(page, "undo")).ToBeVisibleAsync();
        // Faster than any of them can be answered: the last choice of each control stands, and is compared with what was seen.
        await page.EvaluateAsync("""
            () => {
              const style = document.querySelector("[data-part=style]"), control = document.querySelector("[data-part=control]");
              for (const option of style.options) { style.value = option.value; style.dispatchEvent(new Event("change")); }
              control.checked = true;
              control.dispatchEvent(new Event("change"));
              for (const name of ["urial", "vanilla-icl"]) {
                style.value = JSON.stringify({ name, k: 3 });
                style.dispatchEvent(new Event("change"));
              }
            }
            """);
        await Expect(Part(page, "status")).ToContainTextAsync("Read under vanilla in-context learning, K = 3, control.");
        await Expect(Part(page, "changed")).ToContainTextAsync("compared with “zero-shot: the bare question”");
        await Expect(Part(page, "style")).ToHaveValueAsync("{\"name\":\"vanilla-icl\",\"k\":3}");
        await Expect(Part(page, "control")).ToBeCheckedAsync();
        await page.GoBackAsync();
        await Expect(Part(page, "style")).ToHaveValueAsync("{\"name\":\"zero-shot\"}");
        await page.WaitForSelectorAsync(Idle);

        // A blend under way, and the page goes on to another prompt: the half answer is gone, and the switch says what is shown.
        await page.EvaluateAsync("""
            () => {
              const blend = document.querySelector("[data-part=blend]"), style = document.querySelector("[data-part=style]");
              blend.value = -0.5;
              blend.dispatchEvent(new Event("change"));
              style.value = JSON.stringify({ name: "urial", k: 8 });
              style.dispatchEvent(new Event("change"));
            }
            """);
        await Expect(Part(page, "status")).ToContainTextAsync("Read under URIAL, K = 8.");
        await Expect(page.Locator(".answer")).ToHaveCountAsync(1);
        await Expect(Part(page, "blend")).ToHaveValueAsync("1");

        // λ = 0 is a place of the slider like the others, and one answer of it stands there at a time.
        foreach (var blend in new[] { "0", "0.5", "0" })
        {
            await Part(page, "blend").FillAsync(blend);
            await Expect(Part(page, "status")).ToContainTextAsync($"λ = {blend}");
            await page.WaitForSelectorAsync(Idle);
            await Expect(page.Locator(".answer")).ToHaveCountAsync(2);
            await Expect(Part(page, "blend")).ToHaveValueAsync(blend);
        }
        Assert.Empty(browser.Complaints);
    }

    [Fact]
    public async Task A_link_that_the_server_refuses_does_not_catch_the_page_and_undo_does_not_leave_it()
    {
        if (browser.IsMissing(output))
            return;
        var page = await Open(1320);
        await Ask(page);
        foreach (var (field, value) in new[]
        {
            ("style", "{ name: 'urial', k: 2 }"), ("style", "{ name: 'magic' }"),
            ("style", "{ name: 'zero-shot', text: 'x'.repeat(100001) }"),
            ("answers", "[{ ids: [99999], name: 'x', blend: 1, begun: 0 }]"), ("answers", "[{ ids: [78], name: 'x', blend: 1, begun: 9 }]"),
            ("answers", "[{ ids: Array(600).fill(78), name: 'x', blend: 1, begun: 0 }]"), ("turns", "[{ role: 'robot', content: 'x' }]"),
            ("turns", "[]"), ("at", "7"),
        })
        {
            var hash = await page.EvaluateAsync<string>($$"""
                () => {
                  const state = JSON.parse(atob(location.hash.slice(1).replace(/-/g, "+").replace(/_/g, "/")));
                  state.{{field}} = {{value}};
                  return "#" + btoa(JSON.stringify(state).replace(/[^\x00-\x7f]/g, "x"));
                }
                """);
            var wrong = await Open(1320, url: site.Server.Address + hash);
            await Expect(Part(wrong, "error")).ToBeVisibleAsync();
            await Expect(Part(wrong, "undo")).ToBeHiddenAsync();
            await Ask(wrong);
            await Expect(Part(wrong, "error")).ToBeHiddenAsync();
            await wrong.CloseAsync();
        }
        await page.Locator(".tokens > span").First.FocusAsync();
        for (var press = 0; press < 300; press++)
            await page.Keyboard.PressAsync(press % 2 == 0 ? "ArrowRight" : "ArrowLeft"); // browsers allow some 200 addresses in 30 s
        await page.Keyboard.PressAsync("End");
        await Expect(page.Locator(".tokens > span").Last).ToHaveAttributeAsync("aria-pressed", "true");
        await page.WaitForFunctionAsync("""
            () => JSON.parse(atob(location.hash.slice(1).replace(/-/g, "+").replace(/_/g, "/"))).at[1]
              === document.querySelectorAll(".tokens > span").length - 1
            """);
        await Part(page, "undo").ClickAsync();
        await Expect(Part(page, "undo")).ToBeHiddenAsync();
        await Expect(page.Locator(".answer")).ToHaveCountAsync(0);
    }
}
