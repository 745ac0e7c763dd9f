using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.Loader;

namespace Urial;

/// <summary>
/// Keeps Plotly.NET and what it is built on together. All of them exchange types of FSharp.Core, so all must see one and the same. A
/// notebook kernel may bring an FSharp.Core of its own: where it is older than Plotly.NET asks for, the runtime would give Plotly.NET the
/// library's and the others the kernel's, and their calls to each other would find no method. Where it is as new, it serves all.
/// </summary>
internal static class PlotlyAssemblies
{
    private const string Core = "FSharp.Core";

    private static readonly string[] Family = [Core, "Giraffe.ViewEngine", "Plotly.NET", "Plotly.NET.CSharp", "DynamicObj", "Fable.Core"];

    /// <summary>Runs before the first use of any type of this library, and so before any of the family is looked for.</summary>
    [ModuleInitializer]
    [SuppressMessage("Usage", "CA2255",
        Justification = "A notebook calls no set-up: charts have to work in the kernel that loads this library.")]
    internal static void KeepTogether()
    {
        var folder = Path.GetDirectoryName(typeof(PlotlyAssemblies).Assembly.Location);
        if (string.IsNullOrEmpty(folder))
            return;
        var together = new Context(folder);
        AssemblyLoadContext.Default.Resolving += (_, name) => Family.Contains(name.Name) ? together.LoadFromAssemblyName(name) : null;
    }

    /// <summary>Loads the family from the library's own folder, and what else it needs from there too where the host has it not.</summary>
    private sealed class Context : AssemblyLoadContext
    {
        private readonly string _folder;

        public Context(string folder) : base("Plotly.NET beside Urial")
        {
            _folder = folder;
            Resolving += (_, name) => Find(name);
        }

        protected override Assembly? Load(AssemblyName name) =>
            Family.Contains(name.Name) && !(name.Name == Core && HostHasCore(_folder)) ? Find(name) : null;

        /// <summary>Whether the host's own FSharp.Core is the one that the runtime gives to everybody.</summary>
        private static bool HostHasCore(string folder)
        {
            var files = (AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES") as string ?? "").Split(Path.PathSeparator);
            var hosts = files.FirstOrDefault(file => Path.GetFileNameWithoutExtension(file) == Core);
            var ours = Path.Combine(folder, Core + ".dll");
            return hosts is not null && File.Exists(ours)
                && AssemblyName.GetAssemblyName(hosts).Version >= AssemblyName.GetAssemblyName(ours).Version;
        }

        private Assembly? Find(AssemblyName name)
        {
            var file = Path.Combine(_folder, name.Name + ".dll");
            return File.Exists(file) ? LoadFromAssemblyPath(file) : null;
        }
    }
}
