using System.Reflection;
using System.Text;
using Microsoft.CodeAnalysis.Scripting;
using Microsoft.DotNet.Interactive.CSharp;

namespace Urial.Notebooks.Host;

/// <summary>
/// How the kernel has its cells compiled, where it offers no setting for it. Where its fields have other names, its own way stays. Nothing
/// that a cell can do changes.
/// </summary>
internal static class ScriptSettings
{
    private static readonly FieldInfo? Options = Field("_scriptOptions");

    private static readonly FieldInfo? WorkingDirectory = Field("_workingDirectory");

    /// <summary>
    /// Has the references of cells read as <see cref="MetadataReferences"/> does, until one of them changes the folder. The kernel makes a
    /// resolver of its own whenever it finds itself in another folder, and before its first cell: so it is told that it is where it is.
    /// </summary>
    public static void ReadMetadataAlone(CSharpKernel kernel)
    {
        if (WorkingDirectory is null || Options?.GetValue(kernel) is not ScriptOptions options)
            return;
        var folder = Directory.GetCurrentDirectory();
        WorkingDirectory.SetValue(kernel, folder);
        Options.SetValue(kernel, options
            .WithMetadataResolver(new MetadataReferences(ScriptMetadataResolver.Default.WithBaseDirectory(folder)))
            .WithSourceResolver(ScriptSourceResolver.Default.WithBaseDirectory(folder)));
    }

    /// <summary>Names the next cell's file in its debug information, so that an error can name cell and line.</summary>
    public static void Name(CSharpKernel kernel, string file)
    {
        if (Options?.GetValue(kernel) is ScriptOptions options)
            Options.SetValue(kernel, options.WithEmitDebugInformation(true).WithFileEncoding(Encoding.UTF8).WithFilePath(file));
    }

    private static FieldInfo? Field(string name) =>
        typeof(CSharpKernel).GetField(name, BindingFlags.Instance | BindingFlags.NonPublic);
}
