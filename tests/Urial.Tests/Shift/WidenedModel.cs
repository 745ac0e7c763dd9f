using System.Text.Json.Nodes;
using static TorchSharp.torch;

namespace Urial.Tests.Shift;

/// <summary>Copies of the golden pair's models with more rows of logits, and tokens that only one of them has.</summary>
internal static class WidenedModel
{
    private const int Rows = 900; // of the golden pair

    /// <summary>A copy of one side with so many rows, the new ones random, and with some of them named in its tokenizer.</summary>
    public static string Write(string folder, string side, int rows, params (int Id, string Token)[] added)
    {
        var copy = GoldenPair.Copy(side, folder);
        if (rows > Rows)
            Widen(copy, rows);
        Edit(copy, "tokenizer.json", json =>
        {
            foreach (var (id, token) in added)
            {
                json["model"]!["vocab"]![token] = id; // else it would get the next free id, as in Hugging Face tokenizers
                json["added_tokens"]!.AsArray().Add(new JsonObject
                {
                    ["id"] = id,
                    ["content"] = token,
                    ["single_word"] = false,
                    ["lstrip"] = false,
                    ["rstrip"] = false,
                    ["normalized"] = false,
                    ["special"] = true,
                });
            }
        });
        return copy;
    }

    /// <summary>Changes a JSON file of a model.</summary>
    public static void Edit(string model, string name, Action<JsonNode> change)
    {
        var path = Path.Combine(model, name);
        var json = JsonNode.Parse(File.ReadAllText(path))!;
        change(json);
        File.WriteAllText(path, json.ToJsonString());
    }

    private static void Widen(string model, int rows)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        using var narrow = Decoder.Load(model);
        using var wide = Decoder.Random(narrow.Config with { VocabularySize = rows }, seed: 7);
        foreach (var (name, weight) in narrow.Weights)
        {
            var target = wide.Weights[name];
            (target.shape[0] == weight.shape[0] ? target : target.narrow(0, 0, weight.shape[0])).copy_(weight);
        }
        wide.Weights["model.embed_tokens.weight"].narrow(0, Rows, rows - Rows).mul_(20); // so that they hold some probability
        wide.Save(model, Precision.F32);
    }
}
