using System.Text.Json.Nodes;
using Urial.Notebooks;

namespace Urial.Tests;

public sealed class NotebookFormatTests
{
    /// <summary>As Jupyter saves: sorted keys, one space, ids, lines.</summary>
    private const string FromJupyter = """
        {
         "cells": [
          {
           "cell_type": "markdown",
           "id": "intro",
           "metadata": {},
           "source": [
            "# Größe 😀\n",
            "\n",
            "Zwei \"Zeilen\" \\ $\\eta$."
           ]
          },
          {
           "cell_type": "code",
           "execution_count": 1,
           "id": "5f0c3a2e-9d1b-4c56-8d67-0a1b2c3d4e5f",
           "metadata": {
            "dotnet_interactive": {
             "language": "csharp"
            },
            "polyglot_notebook": {
             "kernelName": "csharp"
            },
            "tags": [
             "keep"
            ]
           },
           "outputs": [
            {
             "name": "stdout",
             "output_type": "stream",
             "text": [
              "a\n",
              "b"
             ]
            },
            {
             "data": {
              "application/vnd.plotly.v1+json": {
               "data": [],
               "layout": {
                "width": 9.50
               }
              },
              "image/png": "iVBORw0KGgo=",
              "text/plain": [
               "x"
              ]
             },
             "metadata": {},
             "output_type": "display_data"
            },
            {
             "data": {
              "text/html": [
               "<b>1</b>\n",
               "<i>2</i>"
              ],
              "text/plain": [
               "1"
              ]
             },
             "execution_count": 1,
             "metadata": {},
             "output_type": "execute_result"
            },
            {
             "ename": "Exception",
             "evalue": "no",
             "output_type": "error",
             "traceback": [
              "at cell 1"
             ]
            }
           ],
           "source": [
            "Console.Write(\"a\\nb\");"
           ]
          },
          {
           "cell_type": "code",
           "execution_count": null,
           "id": "empty",
           "metadata": {
            "dotnet_interactive": {
             "language": "csharp"
            },
            "polyglot_notebook": {
             "kernelName": "csharp"
            }
           },
           "outputs": [],
           "source": []
          }
         ],
         "metadata": {
          "authors": [
           {
            "name": "somebody"
           }
          ],
          "kernelspec": {
           "display_name": ".NET (C#)",
           "language": "C#",
           "name": ".net-csharp"
          },
          "language_info": {
           "file_extension": ".cs",
           "mimetype": "text/x-csharp",
           "name": "C#",
           "pygments_lexer": "csharp"
          },
          "polyglot_notebook": {
           "kernelInfo": {
            "defaultKernelName": "csharp",
            "items": [
             {
              "aliases": [],
              "languageName": "csharp",
              "name": "csharp"
             }
            ]
           }
          }
         },
         "nbformat": 4,
         "nbformat_minor": 5
        }

        """;

    /// <summary>As VS Code saves: other indentation, no ids in nbformat 4.2, sources as they were typed on Windows.</summary>
    private const string FromCode = """
        {
          "nbformat": 4, "nbformat_minor": 2,
          "metadata": { "language_info": { "name": "polyglot-notebook" }, "kernelspec": { "display_name": ".NET (C#)", "language": "C#", "name": ".net-csharp" } },
          "cells": [
            { "cell_type": "code", "execution_count": 3, "metadata": { "execution": { "iopub.status.busy": "2024-01-01T00:00:00Z" }, "vscode": { "languageId": "polyglot-notebook" } },
              "outputs": [ { "output_type": "stream", "name": "stderr", "text": "one string" } ], "source": "var a = 1;\r\nvar b = 2;" },
            { "cell_type": "code", "execution_count": null, "metadata": {}, "outputs": [], "source": [ "var a = 1;\r\n", "var b = 2;" ] },
            { "cell_type": "markdown", "metadata": {}, "source": "plain", "attachments": { "a.png": { "image/png": "iVBORw0KGgo=" } } }
          ]
        }
        """;

    [Fact]
    public void A_file_saved_by_Jupyter_is_written_back_byte_for_byte() =>
        Assert.Equal(FromJupyter, Notebook.Parse(FromJupyter, "a.ipynb").ToJson());

    [Fact]
    public void A_file_saved_by_VS_Code_gains_ids_that_never_change_and_loses_clock_and_carriage_returns()
    {
        var notebook = Notebook.Parse(FromCode, "a.ipynb");
        var again = Notebook.Parse(notebook.ToJson(), "a.ipynb");

        Assert.Equal(notebook.Cells.Select(c => c.Id), Notebook.Parse(FromCode, "b.ipynb").Cells.Select(c => c.Id));
        Assert.Equal(3, notebook.Cells.Select(c => c.Id).Distinct().Count());
        Assert.Equal("var a = 1;\nvar b = 2;", again.Cells[0].Source);
        Assert.Equal(again.ToJson(), notebook.ToJson());
        Assert.DoesNotContain("iopub", again.ToJson());
        Assert.Contains("\"languageId\": \"polyglot-notebook\"", again.ToJson());
        Assert.Equal(new StreamOutput("stderr", "one string"), again.Cells[0].Outputs[0]);
        Assert.NotNull(again.Cells[2].Attachments);
        Assert.Equal("csharp", (string?)JsonNode.Parse(again.ToJson())!["cells"]![0]!["metadata"]!["polyglot_notebook"]!["kernelName"]);
    }

    [Fact]
    public void Only_what_JSON_asks_for_is_escaped()
    {
        var json = new Notebook("a.ipynb", [Cells.Cell(CellKind.Markdown, "é … 😀 \u2028 <&> \" \\ \t \u0001 \ud800", 1)]).ToJson();

        Assert.Contains("\"é … 😀 \u2028 <&> \\\" \\\\ \\t \\u0001 \\ud800\"", json);
        Assert.EndsWith("}\n", json);
        Assert.DoesNotContain('\r', json);
    }

    [Theory]
    [InlineData("", "not valid JSON", "git checkout")]
    [InlineData("{\n<<<<<<< HEAD\n}", "not valid JSON (line 2", "resolve the conflict")]
    [InlineData("{\"nbformat\": 4, \"nbformat\": 4}", "not valid JSON", "save it again")]
    [InlineData("[]", "no notebook", "open the right file")]
    [InlineData("{\"nbformat\": 3, \"worksheets\": []}", "nbformat 3", "Jupyter")]
    [InlineData("{\"nbformat\": 4}", "no list of cells", "save it again")]
    [InlineData("{\"nbformat\": 4, \"cells\": [{\"cell_type\": \"plot\", \"source\": \"\"}]}", "cell 1 is of type 'plot'",
        "code, markdown or raw")]
    [InlineData("{\"nbformat\": 4, \"cells\": [3]}", "cell 1", "delete it")]
    [InlineData("{\"nbformat\": 4, \"cells\": [{\"cell_type\": \"code\", \"source\": 5}]}", "cell 1 has no source", "string")]
    [InlineData("{\"nbformat\": 4, \"cells\": [{\"cell_type\": \"raw\", \"id\": \"a b\", \"source\": \"\"}]}", "cell 1 has the id \"a b\"",
        "letters, digits")]
    [InlineData("{\"nbformat\": 4, \"cells\": [{\"cell_type\": \"raw\", \"id\": \"a\", \"source\": \"\"}, {\"cell_type\": \"raw\", "
        + "\"id\": \"a\", \"source\": \"\"}]}", "cell 2 has the id 'a'", "another id")]
    [InlineData("{\"nbformat\": 4, \"cells\": [{\"cell_type\": \"code\", \"source\": \"\", \"outputs\": [{\"output_type\": "
        + "\"display_data\"}]}]}", "cell 1 has an output", "clear the notebook's outputs")]
    [InlineData("{\"nbformat\": 4, \"cells\": [{\"cell_type\": \"code\", \"source\": \"\", \"metadata\": {\"polyglot_notebook\": "
        + "{\"kernelName\": \"fsharp\"}}}]}", "cell 1 is written in fsharp", "C#")]
    [InlineData("{\"nbformat\": 4, \"cells\": [], \"metadata\": {\"kernelspec\": {\"language\": \"python\"}}}", "written in python",
        ".NET (C#)")]
    [InlineData("{\"nbformat\": 4, \"cells\": [], \"metadata\": []}", "metadata", "save it again")]
    public void What_is_no_notebook_is_named_with_file_place_and_remedy(string text, string wrong, string remedy)
    {
        var error = Assert.Throws<UrialException>(() => Notebook.Parse(text, "notebooks/07-broken.ipynb"));

        Assert.StartsWith("notebooks/07-broken.ipynb", error.Message);
        Assert.Contains(wrong, error.Message);
        Assert.Contains(remedy, error.Message);
    }

    [Fact]
    public void A_missing_file_is_named() =>
        Assert.Contains("none.ipynb", Assert.Throws<UrialException>(() => Notebook.Load("none.ipynb")).Message);

    [Fact]
    public void Invariants_are_checked_where_notebooks_are_made()
    {
        Assert.Throws<ArgumentException>(() => new NotebookCell(CellKind.Code, "a b", ""));
        Assert.Throws<ArgumentException>(() => new Notebook("a", [Cells.Cell(CellKind.Code, "", 1), Cells.Cell(CellKind.Code, "", 1)]));
        Assert.Throws<ArgumentException>(() => new DisplayOutput([]));
    }
}
