using AngleSharp.Html.Parser;
using Urial.Notebooks;

namespace Urial.Tests;

public sealed class SafeHtmlTests
{
    private const string Own = "own";

    [Theory]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("<img src=\"x\" onerror=\"alert(1)\">")]
    [InlineData("<b onclick=\"alert(1)\">bold</b>")]
    [InlineData("<a href=\"javascript:alert(1)\">go</a>")]
    [InlineData("<a href=\" java\tscript:alert(1)\">go</a>")]
    [InlineData("<a href=\"data:text/html,x\">go</a>")]
    [InlineData("<a href=\"vbscript:x\">go</a>")]
    [InlineData("<iframe src=\"https://example.org\"></iframe>")]
    [InlineData("<form action=\"https://example.org\"><button>b</button></form>")]
    [InlineData("<input type=\"text\">")]
    [InlineData("<svg onload=\"alert(1)\"></svg>")]
    [InlineData("<svg><a href=\"javascript:alert(1)\"><text>x</text></a></svg>")]
    [InlineData("<svg><use href=\"https://example.org/x.svg#a\"></use></svg>")]
    [InlineData("<math href=\"javascript:alert(1)\"><mi>x</mi></math>")]
    [InlineData("<p style=\"background:url(https://example.org/x)\">x</p>")]
    [InlineData("<p style=\"background:u\\72l(https://example.org/x)\">x</p>")]
    [InlineData("<p style=\"position:fixed;inset:0\">x</p>")]
    [InlineData("<p style=\"unicode-bidi:bidi-override;direction:rtl\">x</p>")]
    [InlineData("<bdo dir=\"rtl\">x</bdo>")]
    [InlineData("<style>@import url(https://example.org/x.css);</style>")]
    [InlineData("<style>p{background:image-set('https://example.org/x' 1x)}</style>")]
    [InlineData("<style>@font-face{font-family:x;src:local(x)}</style>")]
    [InlineData("<link rel=\"stylesheet\" href=\"https://example.org/x.css\">")]
    [InlineData("<meta http-equiv=\"refresh\" content=\"0\">")]
    [InlineData("<base href=\"https://example.org/\">")]
    [InlineData("<video src=\"https://example.org/v\"></video>")]
    [InlineData("<object data=\"x\"></object>")]
    [InlineData("<!-- a comment -->")]
    public void What_is_not_allowed_is_text(string html)
    {
        foreach (var safe in new[] { SafeHtml.OfOutput(html, Own), SafeHtml.OfProse(html, (url, _) => url) })
        {
            var page = new HtmlParser().ParseDocument($"<body>{safe}").Body!;
            Assert.Empty(page.QuerySelectorAll(
                "script, iframe, form, button, link, meta, base, video, object, use, style, bdo, [type=text]"));
            Assert.DoesNotContain(page.QuerySelectorAll("*").SelectMany(element => element.Attributes),
                attribute => attribute.Name.StartsWith("on", StringComparison.Ordinal) || attribute.Name is "style" or "dir" or "href");
            // All of its words are there, its tags among them.
            Assert.Equal(Bare(html), Bare(page.TextContent));
        }

        // Spelling that a parser settles: quotes, an end tag that was left out, a tag that has none.
        static string Bare(string text) => System.Text.RegularExpressions.Regex.Replace(text, "</?(svg|math|text|mi|p)>|\\s", "");
    }

    [Theory]
    [InlineData("text </pre> more", "text </pre> more")]
    [InlineData("</script></style></div>", "</script></style></div>")]
    [InlineData("<b>x</i></b>", "x</i>")]
    public void An_end_tag_that_ends_nothing_is_text(string html, string words) =>
        Assert.Equal(words, new HtmlParser().ParseDocument($"<body>{SafeHtml.OfOutput(html, Own)}").Body!.TextContent);

    [Theory]
    [InlineData("<p><b>x</b> <a href=\"https://example.org/\">y</a><br></p>")]
    [InlineData("<table><tbody><tr><td class=\"r\" colspan=\"2\" style=\"text-align: right\">1</td></tr></tbody></table>")]
    [InlineData("<span class=\"s\" tabindex=\"-1\" role=\"img\" aria-label=\"a card\">t<sub style=\"color:#117733\">f</sub></span>")]
    [InlineData("<details><summary>more</summary><p>x</p></details>")]
    [InlineData("<img src=\"data:image/png;base64,AAAA\" alt=\"a\">")]
    [InlineData("<svg viewBox=\"0 0 9 9\"><path d=\"M0 0H9\" stroke=\"currentColor\" marker-end=\"url(#urial-a)\"></path></svg>")]
    [InlineData("<math display=\"block\"><mrow><mi>x</mi></mrow></math>")]
    [InlineData("a &amp; b &lt; c")]
    public void What_views_and_prose_are_made_of_stays(string html) => Assert.Equal(html, SafeHtml.OfOutput(html, Own));

    [Fact]
    public void A_view_keeps_its_style_sheet_within_the_view() =>
        Assert.Equal("<style>:where(.own) .urial-heat .t{color:var(--urial-ink,#1b1b1b);position:absolute}</style>",
            SafeHtml.OfOutput("<style>.urial-heat .t{color:var(--urial-ink,#1b1b1b);position:absolute}</style>", Own));

    [Theory]
    [InlineData("table td{margin:0}", "V table td{margin:0}")]
    [InlineData("body{color:red} a,b:is(c,d){margin:0}", "V body{color:red}V a,V b:is(c,d){margin:0}")]
    [InlineData(".urial-x p,.y{margin:0}", "V .urial-x p,V .y{margin:0}")]
    [InlineData("@media print{.urial-x{margin:0}}", "@media print{V .urial-x{margin:0}}")]
    [InlineData(".urial-x::after{content:'{ \u2014 }'}", "V .urial-x::after{content:'{ \u2014 }'}")]
    [InlineData(".urial-x::after{content:'}body{margin:0}", null)]
    [InlineData(".urial-x::after{content:'\\25b2 '}", "V .urial-x::after{content:'\\25b2 '}")]
    [InlineData("+ .view p{margin:0}", null)]
    [InlineData("p, ~ section{margin:0}", null)]
    [InlineData("p{margin:0", null)]
    [InlineData("p{a:b}}body{margin:0}", null)]
    public void The_rules_of_an_output_reach_no_further_than_the_output(string css, string? scoped) =>
        Assert.Equal(scoped?.Replace("V", ":where(.own)", StringComparison.Ordinal), SafeCss.Scoped(css, ":where(.own)"));

    [Fact]
    public void A_picture_to_be_fetched_becomes_a_link_to_it() =>
        Assert.Equal("<a href=\"https://example.org/p.png\">p</a>",
            SafeHtml.OfOutput("<img src=\"https://example.org/p.png\" alt=\"p\">", Own));

    [Fact]
    public void A_long_script_is_cut_and_counted()
    {
        var text = SafeHtml.OfOutput($"<script>{new string('x', 5000)}</script>", Own);
        Assert.Contains("… 3000 more characters", text);
        Assert.InRange(text.Length, 2000, 2200);
    }

    [Theory]
    [InlineData("a\u202eb", "a⟨U+202E⟩b")]
    [InlineData("\u2066x\u2069", "⟨U+2066⟩x⟨U+2069⟩")]
    [InlineData("\ud83d\ude00", "\ud83d\ude00")]
    [InlineData("a\0\u001b\u0085", "a⟨U+0000⟩⟨U+001B⟩⟨U+0085⟩")]
    [InlineData("a\tb\r\nc", "a\tb\nc")]
    public void Characters_that_act_unseen_are_shown_by_number(string text, string shown) => Assert.Equal(shown, PageText.Visible(text));

    // Not as test data: half a character does not come through the runner.
    [Fact]
    public void Half_a_character_is_shown_by_number()
    {
        Assert.Equal("⟨U+D83D⟩!", PageText.Visible("\ud83d!"));
        Assert.Equal("!⟨U+DE00⟩", PageText.Visible("!\ude00"));
        Assert.Equal("<b>⟨U+D83D⟩</b>", SafeHtml.OfOutput("<b>\ud83d</b>", Own));
    }

    [Fact]
    public void Entities_do_not_smuggle_them() =>
        Assert.Equal("<b title=\"⟨U+202E⟩\">⟨U+202E⟩</b>", SafeHtml.OfOutput("<b title=\"&#x202e;\">&#8238;</b>", Own));
}
