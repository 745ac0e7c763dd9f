namespace Urial;

/// <summary>Where a model's files lie.</summary>
public static class ModelFolder
{
    /// <summary>The folder of a model, by the name that a reader gives.</summary>
    /// <param name="model">A folder in Hugging Face layout.</param>
    /// <exception cref="UrialException">There is no such folder.</exception>
    public static string Resolve(string model) => Directory.Exists(model) ? model
        : throw new UrialException(File.Exists(model)
            ? $"{model} is a file: name the model's folder."
            : $"There is no folder {model}. Check the path; a model of the hub must be downloaded first.");
}
