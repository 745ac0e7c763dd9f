namespace Urial.Tests.Training;

/// <summary>A fact about the committed models: skipped, with the reason, while they are not in the repository.</summary>
public sealed class CommittedPairFactAttribute : FactAttribute
{
    public CommittedPairFactAttribute()
    {
        if (!File.Exists(Repository.Path("data", "models", "micro-base", "model.safetensors")))
            Skip = "The embedded pair is not committed yet.";
    }
}
