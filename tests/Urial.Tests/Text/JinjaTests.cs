namespace Urial.Tests;

/// <summary>Each result is what Jinja 3 gives with trim_blocks and lstrip_blocks on.</summary>
public sealed class JinjaTests
{
    [Theory]
    [InlineData("a\n", "a")]
    [InlineData("a\n\n", "a\n")]
    [InlineData("a\r\nb", "a\nb")]
    [InlineData("  {% if true %}\nx\n  {% endif %}\ny", "x\ny")]
    [InlineData("a {% if true %} b{% endif %} c", "a  b c")]
    [InlineData("  {{ 1 }}\n", "  1")]
    [InlineData(" a  {{- 1 -}}  \n b", " a1b")]
    [InlineData("{% if true +%}\nx{% endif %}", "\nx")]
    [InlineData("  {%+ if true %}x{% endif %}", "  x")]
    [InlineData("a{# gone #}\nb", "ab")]
    [InlineData("{ x } { {", "{ x } { {")]
    public void WhiteSpace(string template, string text) => Assert.Equal(text, Render(template));

    [Theory]
    [InlineData("1 + 2 - 4", "-1")]
    [InlineData("-7 % 3", "2")]
    [InlineData("'a' + 'b' ~ 1", "ab1")]
    [InlineData("'a' 'b'", "ab")]
    [InlineData(@"'\'\x41\u00e9\n\q'", "'Aé\n\\q")]
    [InlineData("true and 'x'", "x")]
    [InlineData("'' or none", "None")]
    [InlineData("not x is defined", "True")]
    [InlineData("x is not defined", "True")]
    [InlineData("x", "")]
    [InlineData("1 if false", "")]
    [InlineData("1 if false else 2 if false else 3", "3")]
    [InlineData("1 < 2 < 2", "False")]
    [InlineData("1 == true", "True")]
    [InlineData("'1' == 1", "False")]
    [InlineData("'b' in 'abc' and 'd' not in 'abc'", "True")]
    [InlineData("list", "[1, 'a\\'\"b', None, True]")]
    [InlineData("map", "{'k': \"it's\"}")]
    [InlineData("list[1:-1]", "['a\\'\"b', None]")]
    [InlineData("list[-4] + list[0]", "2")]
    [InlineData("list[9] is undefined", "True")]
    [InlineData("'𝔘bc'[:1]", "𝔘")]
    [InlineData("'  a '|trim ~ '|' ~ 'xxaxx'.strip('x') ~ 'ab'.lstrip('a') ~ 'ab'.rstrip('b')", "a|aba")]
    [InlineData("list|length + 'ab'|length", "6")]
    [InlineData("map.k == map['k']", "True")]
    public void Expressions(string expression, string text) => Assert.Equal(text, Render($"{{{{ {expression} }}}}"));

    [Theory]
    [InlineData("{% for i in list %}{{ loop.index }}{{ loop.index0 }}{{ loop.length }}{% if not loop.last %},{% endif %}{% endfor %}",
        "104,214,324,434")]
    [InlineData("{% for i in [] %}{% endfor %}", null)]
    [InlineData("{% for i in nothing %}x{% else %}none{% endfor %}", "none")]
    [InlineData("{% set x = 1 %}{% for i in list %}{% set x = 2 %}{% endfor %}{{ x }}", "1")]
    [InlineData("{% set x = 1 %}{% if true %}{% set x = 2 %}{% endif %}{{ x }}", "2")]
    [InlineData("{% if false %}a{% elif true %}b{% else %}c{% endif %}", "b")]
    [InlineData("{% if false %}a{% elif false %}b{% else %}c{% endif %}", "c")]
    public void Statements(string template, string? text)
    {
        if (text is null)
            Assert.Throws<UrialException>(() => Render(template));
        else
            Assert.Equal(text, Render(template));
    }

    [Theory]
    [InlineData("{% macro f() %}{% endmacro %}", "{% macro %}")]
    [InlineData("{% raw %}{% endraw %}", "{% raw %}")]
    [InlineData("{% set a.b = 1 %}", "set a.")]
    [InlineData("{% set a %}x{% endset %}", "endset")]
    [InlineData("{% for a, b in c %}{% endfor %}", "several variables")]
    [InlineData("{% for a in c if a %}{% endfor %}", "for … if")]
    [InlineData("{{ a | tojson }}", "the filter tojson")]
    [InlineData("{{ a is even }}", "the test even")]
    [InlineData("{{ a.split('x') }}", "the method split")]
    [InlineData("{{ namespace() }}", "the function namespace")]
    [InlineData("{{ loop.previtem }}", "loop.previtem")]
    [InlineData("{{ a[::-1] }}", "a slice with a step")]
    [InlineData("{{ [1] }}", "a list in brackets")]
    [InlineData("{{ {} }}", "a dictionary in braces")]
    [InlineData("{{ 2 * 3 }}", "the operator *")]
    [InlineData("{{ 1.5 }}", "the number")]
    public void WhatIsUnknownIsRefusedByNameAndLine(string template, string named)
    {
        var error = Assert.Throws<UrialException>(() => JinjaTemplate.Parse("first\n" + template, "f.jinja"));
        Assert.Contains("f.jinja, line 2", error.Message);
        Assert.Contains(named, error.Message);
    }

    [Theory]
    [InlineData("{{ 'a' ", "not closed")]
    [InlineData("{{ 'a }}", "not closed")]
    [InlineData("{# a", "not closed")]
    [InlineData("{% if a %}", "endif")]
    [InlineData("{% endif %}", "no open block")]
    [InlineData("{{ }}", "a value was expected")]
    [InlineData("{{ a b }}", "was expected")]
    [InlineData("{{ ? }}", "no meaning")]
    public void MistakesAreNamed(string template, string named) =>
        Assert.Contains(named, Assert.Throws<UrialException>(() => JinjaTemplate.Parse(template, "f.jinja")).Message);

    [Theory]
    [InlineData("{{ 'a' + 1 }}", "+ does not work between a string and a number")]
    [InlineData("{{ x.y.z }}", "'x' is undefined")]
    [InlineData("{{ 1 % 0 }}", "divisor")]
    [InlineData("{{ list.strip() }}", "a list has no method strip")]
    [InlineData("{% for i in 1 %}{% endfor %}", "no items")]
    [InlineData("{{ raise_exception('Roles must ' + 'alternate') }}", "Roles must alternate")]
    public void FailuresAreNamed(string template, string named) =>
        Assert.Contains(named, Assert.Throws<UrialException>(() => Render(template)).Message);

    private static string Render(string template) => JinjaTemplate.Parse(template, "f.jinja").Render(new Dictionary<string, object?>
    {
        ["list"] = new List<object?> { 1L, "a'\"b", null, true },
        ["map"] = new Dictionary<string, object?> { ["k"] = "it's" },
    });
}
