using System.CommandLine;

namespace Urial.Cli;

/// <summary><c>--query-form</c>, for the commands that take a prompt file.</summary>
internal static class QueryFormOption
{
    public static Option<string> Create() => new("--query-form")
    {
        Description = "How a single query stands behind the examples of a prompt file whose queries have their fences on their own lines "
            + "(```query```): paper, as these examples and as in the paper's runs; or later, with fences on lines of their own, as the "
            + "later published code writes. A conversation of several turns is always written in the later form. Other files and styles "
            + "have one form.",
        DefaultValueFactory = _ => QueryForm.Paper.Word(),
        HelpName = "paper|later",
    };
}
