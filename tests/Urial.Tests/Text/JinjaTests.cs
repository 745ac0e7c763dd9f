using System.Text.Json;

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
    [InlineData("  {% raw %}\n  {{ a }}\n  {% endraw %}\nb", "\n  {{ a }}\nb")]
    [InlineData("x {%- raw -%}\n  {% if %}\n  {%- endraw +%}\nb", "x{% if %}\nb")]
    [InlineData("{{+ 1 }}{{ {'a': {}} }}", "1{'a': {}}")]
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
    [InlineData("[1, 'a', 2.0, none, true, (1,), (), {'k': [x]}]", "[1, 'a', 2.0, None, True, (1,), (), {'k': [Undefined]}]")]
    [InlineData("1, 2", "(1, 2)")]
    [InlineData("{1: 2, none: 3}[1.0] ~ {(1, 2): 3}[(1, 2)]", "23")]
    [InlineData("7 // 2 ~ ' ' ~ -7 // 2 ~ ' ' ~ 7 // -2 ~ ' ' ~ 7 % -3 ~ ' ' ~ -7.5 % 2", "3 -4 -4 -2 0.5")]
    [InlineData("7 / 2 ~ ' ' ~ 4 / 2 ~ ' ' ~ 2 ** 10 ~ ' ' ~ 2 ** -1 ~ ' ' ~ 2 ** 3 ** 2 ~ ' ' ~ -2 ** 2", "3.5 2.0 1024 0.5 64 4")]
    [InlineData("10 ** 20 + 1", "100000000000000000001")]
    [InlineData("[1.0, 1e16, 1e15, 1e-5, 0.0001, 1/3, 5e-324, -0.0, 0.1 + 0.2]",
        "[1.0, 1e+16, 1000000000000000.0, 1e-05, 0.0001, 0.3333333333333333, 5e-324, -0.0, 0.30000000000000004]")]
    [InlineData("0x1F + 0b101 + 0o17 + 1_000", "1051")]
    [InlineData("'ab' * 2 + 3 * 'c' ~ [1] * 2 ~ ([1] + [2])", "ababccc[1, 1][1, 2]")]
    [InlineData("-1|abs", "1")]
    [InlineData("1 ~ 2 * 3 ~ 4", "164")]
    [InlineData("(1, 2) == [1, 2] or [1, 2] < [1, 3]", "True")]
    [InlineData("list[::-1] ~ 'abcde'[::-2] ~ 'abcde'[-2:] ~ (1, 2, 3)[1:]", "[True, None, 'a\\'\"b', 1]ecade(2, 3)")]
    [InlineData("'a b  c '.split() ~ 'a,b,c'.split(',', 1) ~ 'a,b,c'.rsplit(',', 1) ~ 'a b  c '.split(none, 1)",
        "['a', 'b', 'c']['a', 'b,c']['a,b', 'c']['a', 'b  c ']")]
    [InlineData("'aXbX'.replace('X', '-', 1) ~ 'abc'.replace('', '.') ~ 'abc'.find('c') ~ 'abc'.startswith(('x', 'a'))",
        "a-bX.a.b.c.2True")]
    [InlineData("\"they're x-ray\".title() ~ '|' ~ (\"they're x-ray\"|title) ~ '|' ~ 'hELLO'.capitalize()", "They'Re X-Ray|They're X-Ray|Hello")]
    [InlineData("'straße'.upper() ~ 'ΑΣ ΣΑΣ'.lower() ~ 'a\\nb'.splitlines() ~ '-'.join(['x', 'y'])", "STRASSEας σας['a', 'b']x-y")]
    [InlineData("'-5'.zfill(4) ~ 'xy'.center(5) ~ '|' ~ 'a-b'.partition('-') ~ '{} {0}{a!r}'.replace('{0}', '').format(1, a='q')",
        "-005  xy |('a', '-', 'b')1 'q'")]
    [InlineData("map.items() ~ map.keys() ~ map.get('z', 5) ~ map.get('z')", "dict_items([('k', \"it's\")])dict_keys(['k'])5None")]
    [InlineData("list.append is defined", "False")]
    [InlineData("[3, 1, 2]|sort ~ ['b', 'A']|sort ~ {'b': 1, 'A': 2}|dictsort ~ [3, 1]|sort(reverse=true)",
        "[1, 2, 3]['A', 'b'][('A', 2), ('b', 1)][3, 1]")]
    [InlineData("msgs|selectattr('role', 'equalto', 'user')|map(attribute='content')|join('+')", "hi+bye")]
    [InlineData("msgs|rejectattr('calls')|map(attribute='role')|list ~ [1, 2, 3]|select('odd')|list", "['user', 'user'][1, 3]")]
    [InlineData("msgs|map(attribute='calls', default=0)|list", "[0, [1], 0]")]
    [InlineData("['b', 'a', 'B']|unique|list ~ [1, 2]|sum ~ []|max ~ [1, 2, 3]|batch(2)|list ~ (1, 2)|last", "['b', 'a']3[[1, 2], [3]]2")]
    [InlineData("('5'|int + '2.9'|int) ~ 'x'|int(3) ~ ' 1e3 '|float ~ 2.675|round(2) ~ 2.5|round ~ 42.1|round(0, 'ceil')",
        "731000.02.672.043.0")]
    [InlineData("x|default('d') ~ ''|default('d') ~ ''|default('d', true) ~ x|length ~ x|list ~ x|upper", "dd0[]")]
    [InlineData("{'b': [1, 2.0, none, 'é\"<'], 'a': {}}|tojson", "{\"b\": [1, 2.0, null, \"é\\\"<\"], \"a\": {}}")]
    [InlineData("{'b': [1, {}], 'a': ()}|tojson(indent=2, sort_keys=true)", "{\n  \"a\": [],\n  \"b\": [\n    1,\n    {}\n  ]\n}")]
    [InlineData("'é'|tojson(ensure_ascii=true) ~ [1, 2]|tojson(separators=(',', ':'))", "\"\\u00e9\"[1,2]")]
    [InlineData("'%s-%d-%5.2f-%r' % ('a', 3, 2.5, 'q') ~ '%(a)s'|format(a=1)", "a-3- 2.50-'q'1")]
    [InlineData("'foo bar baz qux'|truncate(9) ~ 'a\\nb'|indent(2) ~ '<\"'|e", "foo...a\n  b&lt;&#34;")]
    [InlineData("range(1, 10, 3)|list ~ range(3) ~ dict(a=1, **{'b': 2}) ~ namespace(a='x')",
        "[1, 4, 7]range(0, 3){'a': 1, 'b': 2}<Namespace {'a': 'x'}>")]
    [InlineData("6 is divisibleby 3 and 2 is in [1, 2] and 1 is eq 1.0 and 4 is even and 'a' is lower and range is callable", "True")]
    [InlineData("[x is none, none is none, 1 is string, map is sequence, map.items() is sequence, true is integer, 1.0 is float]",
        "[False, True, False, True, False, False, True]")]
    [InlineData("strftime_now('%d %b %Y, %A %B %-d, %H:%M:%S %p %j %%')", "05 Mar 2025, Wednesday March 5, 07:08:09 AM 064 %")]
    public void Expressions(string expression, string text) => Assert.Equal(text, Render($"{{{{ {expression} }}}}"));

    [Theory]
    [InlineData("{% for i in list %}{{ loop.index }}{{ loop.index0 }}{{ loop.length }}{% if not loop.last %},{% endif %}{% endfor %}",
        "104,214,324,434")]
    [InlineData("{% for i in [] %}{% endfor %}", "")]
    [InlineData("{% for i in nothing %}x{% else %}none{% endfor %}", "none")]
    [InlineData("{% set x = 1 %}{% for i in list %}{% set x = 2 %}{% endfor %}{{ x }}", "1")]
    [InlineData("{% set x = 1 %}{% if true %}{% set x = 2 %}{% endif %}{{ x }}", "2")]
    [InlineData("{% if false %}a{% elif true %}b{% else %}c{% endif %}", "b")]
    [InlineData("{% if false %}a{% elif false %}b{% else %}c{% endif %}", "c")]
    [InlineData("{% for k, (a, b) in [(1, (2, 3))] %}{{ k }}{{ a }}{{ b }}{% endfor %}", "123")]
    [InlineData("{% for k, v in map.items() %}{{ k }}={{ v }}{% endfor %}", "k=it's")]
    [InlineData("{% for a, b in [1] %}{% endfor %}", null)]
    [InlineData("{% for i in [3, 1, 2, 1] if i > 1 %}{{ i }}{{ loop.index }}/{{ loop.length }}{{ loop.last }};{% else %}E{% endfor %}",
        "31/2False;22/2True;")]
    [InlineData("{% for i in [1, 2, 3] %}{{ loop.previtem }}<{{ i }}>{{ loop.nextitem }};{% endfor %}", "<1>2;1<2>3;2<3>;")]
    [InlineData("{% for i in [1, 2, 3] %}{{ loop.cycle('a', 'b') }}{{ loop.revindex }}{% endfor %}", "a3b2a1")]
    [InlineData("{% for i in [1, 2, 3] %}{% if i == 2 %}{% continue %}{% endif %}{{ i }}{% if i == 3 %}{% break %}{% endif %}{% endfor %}",
        "13")]
    [InlineData("{% for i in [1] %}{% break %}{% else %}E{% endfor %}", "E")] // as Jinja: no body came to its end
    [InlineData("{% for i in [[1, [2]], 3] recursive %}{{ '<' ~ loop(i) ~ '>' if i is iterable else i ~ '/' ~ loop.depth }}{% endfor %}",
        "<1/2<2/3>>3/1")]
    [InlineData("{% for x in [1, 2] %}{% set outer = loop %}{% for y in [1] %}{{ outer.index }}{{ loop.index }} {% endfor %}{% endfor %}",
        "11 21 ")]
    [InlineData("{% set ns = namespace(n=0) %}{% for i in [1, 2] %}{% set ns.n = ns.n + i %}{% endfor %}{{ ns.n }}", "3")]
    [InlineData("{% set map.k = 1 %}", null)]
    [InlineData("{% set a, b = 1, 2 %}{{ b }}{{ a }}", "21")]
    [InlineData("{% set a | upper %}x{{ 1 }}{% set b = 2 %}{% endset %}{{ a }}{{ b is defined }}", "X1False")]
    [InlineData("{% macro f(a, b=a) %}[{{ a }}{{ b }}]{% endmacro %}{{ f(1) }}{{ f(b=2, a=3) }}{{ f()|length }}", "[11][32]2")]
    [InlineData("{% macro f(n) %}{{ n }}{% if n %}{{ f(n - 1) }}{% endif %}{% endmacro %}{{ f(3) }}", "3210")]
    [InlineData("{% macro f(a) %}{{ varargs }}{{ kwargs }}{% endmacro %}{{ f(1, 2, q=4) }}", "(2,){'q': 4}")]
    [InlineData("{% macro f(a) %}{% endmacro %}{{ f(1, 2) }}", null)]
    [InlineData("{% macro f() %}{{ caller(1) }}!{% endmacro %}{% call(a) f() %}body {{ a }}{% endcall %}", "body 1!")]
    [InlineData("{% macro f() %}{{ x }}{% endmacro %}{% set x = 5 %}{{ f() }}", "5")]
    [InlineData("{% filter replace('a', 'b')|upper %}aca{% endfilter %}", "BCB")]
    [InlineData("{% with a = 1, b = 2 %}{{ a }}{{ b }}{% endwith %}{{ a }}", "12")]
    [InlineData("{% for i in [7] %}{% generation %}{{ i }}{% set q = 1 %}{% endgeneration %}{{ q is defined }}{% endfor %}", "7False")]
    [InlineData("{% set g = [1, 2]|map('string') %}{{ g|join }}|{{ g|join }}", "12|")] // a generator is used up
    [InlineData("{% set j = joiner(', ') %}{% for i in [1, 2] %}{{ j() }}{{ i }}{% endfor %}", "1, 2")]
    [InlineData("{% if list is string %}{{ 1|nosuch }}{% endif %}ok", "ok")]
    [InlineData("{% print 1, 2 %}", "12")]
    public void Statements(string template, string? text)
    {
        if (text is null)
            Assert.Throws<UrialException>(() => Render(template));
        else
            Assert.Equal(text, Render(template));
    }

    [Theory]
    [InlineData("{% include 'x' %}", "{% include %} is not supported")]
    [InlineData("{% block a %}{% endblock %}", "{% block %} is not supported")]
    [InlineData("{% do x %}", "{% do %} is not supported")]
    [InlineData("{{ a | pprint }}", "the filter pprint is not supported")]
    [InlineData("{{ a | nosuch }}", "there is no filter nosuch")]
    [InlineData("{{ a is nosuch }}", "there is no test nosuch")]
    [InlineData("{{ a[1, 2] }}", "an index of several parts is not supported")]
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
    [InlineData("{% raw %}a", "endraw")]
    [InlineData("{% break %}", "no loop")]
    [InlineData("{% for i in a %}{% macro f() %}{% break %}{% endmacro %}{% endfor %}", "no loop")]
    [InlineData("{% call 5 %}{% endcall %}", "needs a call")]
    [InlineData("{% macro f(a=1, b) %}{% endmacro %}", "a default of b")]
    [InlineData("{{ f(a=1, 2) }}", "the order of arguments")]
    [InlineData("{% set true = 1 %}", "a variable was expected")]
    [InlineData("{{ 1x }}", "goes on with x")]
    [InlineData("{{ '\\x4' }}", "escape")]
    public void MistakesAreNamed(string template, string named) =>
        Assert.Contains(named, Assert.Throws<UrialException>(() => JinjaTemplate.Parse(template, "f.jinja")).Message);

    [Theory]
    [InlineData("{{ 'a' + 1 }}", "+ does not work between a string and a number")]
    [InlineData("{{ x.y.z }}", "'x' is undefined")]
    [InlineData("{{ 1 % 0 }}", "divisor")]
    [InlineData("{{ list.strip() }}", "a list has no method strip")]
    [InlineData("{% for i in 1 %}{% endfor %}", "no items")]
    [InlineData("{{ list.append(1) }}", "the method append of a list changes it, which templates must not")]
    [InlineData("{{ map.update({}) }}", "the method update of a dictionary changes it")]
    [InlineData("{{ 'a'.encode() }}", "the method encode is not supported")]
    [InlineData("{{ 'a'.split('') }}", "empty separator")]
    [InlineData("{{ 'a'|upper(1) }}", "upper takes 0 arguments")]
    [InlineData("{{ 'a'|replace('b') }}", "replace needs an argument new")]
    [InlineData("{{ x|tojson }}", "'x' is undefined")]
    [InlineData("{{ list() }}", "a list cannot be called")]
    [InlineData("{{ nosuch(1) }}", "'nosuch' is undefined")]
    [InlineData("{{ [1, 'a']|sort }}", "< does not work between a string and a number")]
    [InlineData("{{ {[]: 1} }}", "a list can be no key")]
    [InlineData("{{ range(1000000) }}", "100000 are allowed")]
    [InlineData("{{ 'a' * 100000000 }}", "too long")]
    [InlineData("{{ 2 ** 9999999 }}", "too large")]
    [InlineData("{% if true %}{{ 1|groupby('a') }}{% endif %}", "the filter groupby is not supported")]
    [InlineData("{% macro f() %}{{ f() }}{% endmacro %}{{ f() }}", "nested too deeply")]
    [InlineData("{{ cycler(1) }}", "the function cycler is not supported")]
    [InlineData("{{ strftime_now('%Q') }}", "%Q in the format of strftime_now is not supported")]
    [InlineData("{{ raise_exception('Roles must ' + 'alternate') }}", "Roles must alternate")]
    public void FailuresAreNamed(string template, string named) =>
        Assert.Contains(named, Assert.Throws<UrialException>(() => Render(template)).Message);

    [Theory]
    [InlineData("{{ 1 }}\n{{ 2 +\n none }}", 2)]
    [InlineData("{% macro f(a) %}\n{{ a.b.c }}\n{% endmacro %}\n{{ f({}) }}", 2)]
    [InlineData("{% for i in [1] %}\n\n{{ raise_exception('no') }}{% endfor %}", 3)]
    public void FailuresAreOfTheirLine(string template, int line) => Assert.Contains(
        FormattableString.Invariant($"f.jinja, line {line}:"), Assert.Throws<UrialException>(() => Render(template)).Message);

    [Fact]
    public void ATemplateThatNestsWithoutEndIsRefused() => Assert.Contains("nested too deeply",
        Assert.Throws<UrialException>(() => Render("{{ " + new string('(', 200_000) + new string(')', 200_000) + " }}")).Message);

    private static string Render(string template)
    {
        var variables = JsonDocument.Parse("""
            {
              "list": [1, "a'\"b", null, true],
              "map": { "k": "it's" },
              "msgs": [{ "role": "user", "content": "hi" }, { "role": "assistant", "calls": [1] }, { "role": "user", "content": "bye" }]
            }
            """).RootElement;
        return JinjaTemplate.Parse(template, "f.jinja").Render((JinjaDict)JinjaValue.Of(variables)!,
            () => new DateTimeOffset(2025, 3, 5, 7, 8, 9, TimeSpan.Zero));
    }
}
