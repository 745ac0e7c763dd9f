using System.Reflection;
using System.Text;
using Microsoft.CodeAnalysis.Scripting;
using Microsoft.DotNet.Interactive.CSharp;

namespace Urial.Notebooks.Host;

/// <summary>
/// Has cells compiled with debug information under a name of their own, so that an error can name cell and line. The kernel offers no
/// setting for it; where its field has another name, errors name the cell alone. Nothing that a cell can do changes.
/// </summary>
internal static class DebugInformation
{
    private static readonly FieldInfo? Options =
        typeof(CSharpKernel).GetField("_scriptOptions", BindingFlags.Instance | BindingFlags.NonPublic);

    /// <summary>Names the next cell's file.</summary>
    public static void Name(CSharpKernel kernel, string file)
    {
        if (Options?.GetValue(kernel) is ScriptOptions options)
            Options.SetValue(kernel, options.WithEmitDebugInformation(true).WithFileEncoding(Encoding.UTF8).WithFilePath(file));
    }
}
