using System.Text.Json.Nodes;

namespace Urial.Tests.Shift;

/// <summary>The tiny pair whose shifts another implementation computed (transformers 4.57.6, f32), and copies of it to spoil.</summary>
internal static class GoldenPair
{
    private const string Template = "{% for m in messages %}<|im_start|>{{ m['role'] }}\n{{ m['content'] }}<|im_end|>\n{% endfor %}{% if "
        + "add_generation_prompt %}<|im_start|>assistant\n{% endif %}";

    public static string File(params string[] parts) => Repository.Path(["tests", "golden", "shift", .. parts]);

    public static string Base => File("base");

    public static string Aligned => File("aligned");

    public static string Queries => File("queries.jsonl");

    /// <summary>A copy of one side in <paramref name="folder"/>.</summary>
    public static string Copy(string side, string folder)
    {
        var copy = Directory.CreateDirectory(Path.Combine(folder, side)).FullName;
        foreach (var file in Directory.GetFiles(File(side)))
            System.IO.File.Copy(file, Path.Combine(copy, Path.GetFileName(file)));
        return copy;
    }

    /// <summary>A copy of the aligned model that has a chat template, which the original lacks.</summary>
    public static string AlignedWithTemplate(string folder)
    {
        var copy = Copy("aligned", folder);
        var path = Path.Combine(copy, "tokenizer_config.json");
        var config = JsonNode.Parse(System.IO.File.ReadAllText(path))!;
        config["chat_template"] = Template;
        System.IO.File.WriteAllText(path, config.ToJsonString());
        return copy;
    }
}
