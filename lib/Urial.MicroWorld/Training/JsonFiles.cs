using System.Text.Json;

namespace Urial.MicroWorld;

/// <summary>Small text files, replaced as a whole.</summary>
internal static class JsonFiles
{
    public static JsonSerializerOptions Indented { get; } = new() { WriteIndented = true, NewLine = "\n", PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    public static JsonSerializerOptions Line { get; } = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    public static void WriteText(string file, string text)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(file))!);
            var temporary = $"{file}.{Environment.ProcessId}.tmp";
            File.WriteAllText(temporary, text);
            File.Move(temporary, file, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UrialException($"{file} cannot be written: {e.Message} Choose another folder.", e);
        }
    }
}
