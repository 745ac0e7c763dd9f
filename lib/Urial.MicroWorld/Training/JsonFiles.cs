using System.Text.Json;

namespace Urial.MicroWorld;

/// <summary>How this library writes its small JSON files.</summary>
internal static class JsonFiles
{
    public static JsonSerializerOptions Indented { get; } = new()
    {
        WriteIndented = true,
        NewLine = "\n",
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
    };
}
