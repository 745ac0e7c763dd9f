using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Urial.Explore;

/// <summary>The state of a live page as a notebook whose cells compute it again, for the folder <c>notebooks</c> of a clone.</summary>
internal static class SavedNotebook
{
    private static readonly JsonSerializerOptions Layout = new()
    {
        WriteIndented = true,
        IndentSize = 1,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>The file in UTF-8.</summary>
    /// <exception cref="UrialException">There is no answer.</exception>
    public static byte[] Of(OpenPair pair, Asked asked)
    {
        if (asked.Answers.Count == 0)
            throw new UrialException("There is no answer yet that could be kept: ask something first.");
        asked.Style.For(pair); // its errors are said here, not in the notebook
        var cells = new JsonArray();
        Add("markdown", "# What would the base model have said?\n\nMade by `urial explore`. Put this file into the folder `notebooks` of a "
            + "clone of Urial.Notebooks that was built (`dotnet build`); then run its cells, or `urial run` with its path. Every number is "
            + "computed again.");
        Add("code", "#r \"../lib/bin/Urial.dll\"\n#r \"../lib/bin/Urial.MicroWorld.dll\"\nusing Urial; using Urial.MicroWorld;");
        Add("markdown", "The pair, and what it was asked:");
        Add("code", $"var live = {Pair(pair)};\nvar question = new LiveQuestion\n{{\n    Conversation =\n    [\n"
            + string.Concat(asked.Turns.Select(turn => $"        new({Literal(turn.Role)}, {Literal(turn.Content)}),\n"))
            + $"    ],\n    BaseStyle = {asked.Style.Code(pair.Source.IsEmbedded)},\n"
            + (asked.Prompt is { } prompt ? $"    BasePrompt = {Literal(prompt)}, // edited by hand\n" : "")
            + FormattableString.Invariant($"    MaxNewTokens = {asked.Limit},\n    Top = {Limits.Top},\n}};"));
        foreach (var (number, answer) in asked.Answers.Index())
        {
            var (name, ids) = (FormattableString.Invariant($"answer{number + 1}"), string.Join(", ", answer.Ids));
            var given = answer.Begun > 0 ? FormattableString.Invariant($" Its first {answer.Begun} tokens were given.") : "";
            Add("markdown", FormattableString.Invariant($"Answer {number + 1}: ") + Markdown(answer.Name) + "." + given);
            Add("code", $"int[] ids{number + 1} = [{ids}];\nvar {name} = live.Score(question with {{ AnswerIds = ids{number + 1}"
                + $"{(answer.EndedAtStop ? ", EndedAtStop = true" : "")}{(asked.Control ? ", Control = true" : "")} }});\n"
                + (pair.Source.IsEmbedded ? $"{name} = MicroShift.LabelledIfKnown({name}, live.Tokenizer);\n" : "")
                + $"TokenHeatmap.Of({name}, new TokenHeatmapOptions {{ Labels = true }})");
        }
        Add("markdown", "Who gave the first answer gives it again, token for token (unless it was stopped by hand):");
        var first = asked.Answers[0];
        Add("code", FormattableString.Invariant($"var again = live.Ask(question with {{ Blend = {first.Blend}, ")
            + $"AnswerIds = ids1[..{first.Begun}] }});\n"
            + "Console.WriteLine(again.AnswerIds.SequenceEqual(answer1.AnswerIds) ? \"the same tokens\" : \"other tokens\");");
        Add("markdown", "Position by position:");
        Add("code", "Tables.Positions(answer1)");
        var notebook = new JsonObject
        {
            ["cells"] = cells,
            ["metadata"] = JsonNode.Parse("""
                {"kernelspec": {"display_name": ".NET (C#)", "language": "C#", "name": ".net-csharp"},
                 "language_info": {"file_extension": ".cs", "mimetype": "text/x-csharp", "name": "C#", "pygments_lexer": "csharp"},
                 "polyglot_notebook": {"kernelInfo": {"defaultKernelName": "csharp",
                  "items": [{"aliases": [], "languageName": "csharp", "name": "csharp"}]}}}
                """),
            ["nbformat"] = 4,
            ["nbformat_minor"] = 5,
        };
        return Encoding.UTF8.GetBytes(notebook.ToJsonString(Layout) + "\n");

        void Add(string kind, string text)
        {
            var lines = text.Split('\n');
            var cell = new JsonObject
            {
                ["cell_type"] = kind,
                ["id"] = FormattableString.Invariant($"live-{cells.Count + 1}"),
                ["metadata"] = kind == "code"
                    ? new JsonObject { ["polyglot_notebook"] = new JsonObject { ["kernelName"] = "csharp" } } : new JsonObject(),
                ["source"] = new JsonArray([.. lines.Select((line, i) => JsonValue.Create(i < lines.Length - 1 ? line + "\n" : line))]),
            };
            if (kind == "code")
                (cell["execution_count"], cell["outputs"]) = (null, new JsonArray());
            cells.Add(cell);
        }
    }

    private static string Pair(OpenPair pair)
    {
        if (pair.Source.IsEmbedded)
            return "LivePair.Of(ModelPair.Load(MicroModels.Base, MicroModels.Dpo))";
        var settings = pair.Settings;
        var options = string.Concat(
            Server("BaseServer", settings.BaseServer), Server("AlignedServer", settings.AlignedServer),
            settings.AdapterBase is { } adapter ? $", AdapterBase: {Literal(Path.GetFullPath(adapter))}" : "",
            settings.Precision == Precision.F32 ? "" : $", Precision: Precision.{settings.Precision}");
        return $"LivePair.Open(new LivePairSettings({Literal(Path.GetFullPath(settings.BaseDirectory))}, "
            + $"{Literal(Path.GetFullPath(settings.AlignedDirectory))}{options}))";
    }

    private static string Server(string name, ServedModelSettings? server) => server is null ? ""
        : $", {name}: ServedModelSettings.Of({Literal(server.Shown)}) with {{ "
            + (server.Model is { } model ? $"Model = {Literal(model)}, " : "")
            + FormattableString.Invariant($"TopLogprobs = {server.TopLogprobs} }}");

    /// <summary>A C# literal that no text can end: everything but plain letters, digits and signs is an escape.</summary>
    internal static string Literal(string text)
    {
        var literal = new StringBuilder("\"");
        foreach (var letter in text)
            literal.Append(letter switch
            {
                '\n' => "\\n",
                '"' or '\\' => $"\\{letter}",
                >= ' ' and < '\u007F' => letter.ToString(),
                _ when char.IsLetterOrDigit(letter) => letter.ToString(),
                _ => FormattableString.Invariant($"\\u{(int)letter:X4}"),
            });
        return literal.Append('"').ToString();
    }

    // A name is the page's own, in words; whatever else it holds is no markup.
    private static string Markdown(string text) => string.Concat(VisibleText.Of(text).Select(
        letter => "\\`*_{}[]<>()#+-!|&~$\n".Contains(letter) ? FormattableString.Invariant($"&#{(int)letter};") : letter.ToString()));
}
