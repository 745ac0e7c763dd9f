using System.Globalization;
using System.Text.Json.Nodes;

namespace Urial;

/// <summary>
/// A whole run: a file of queries under one model and one prompt style, into a file of answers and its manifest. Lines that fail are left
/// out, recorded in the manifest, and do not stop the others.
/// </summary>
/// <remarks>
/// Answers are written batch by batch. The same run again goes on where it was stopped: answers that are there stay as they are, and
/// batches hold the same queries as before, so that the file becomes what an unbroken run makes of it.
/// </remarks>
public sealed class AnswerRun
{
    private readonly AnswerRunSettings settings;
    private readonly LanguageModel model;
    private readonly List<AnswerFailure> failures = [];
    private readonly Action<AnswerFailure>? failed;
    private readonly string generator;

    private AnswerRun(AnswerRunSettings settings, LanguageModel model, IPromptStyle? style, Action<AnswerFailure>? failed)
    {
        (this.settings, this.model, this.failed) = (settings, model, failed);
        // "urial" is the first examples of a longer file, whose name would say another number.
        string name = settings.PromptStyle == "urial" ? "urial" : style?.Name ?? "";
        generator = string.Join('-', new[] { model.Name, name, settings.Examples?.ToString(CultureInfo.InvariantCulture) ?? "" }.Where(part => part.Length > 0));
    }

    /// <summary>Number of answers in the file.</summary>
    public int Answers { get; private set; }

    /// <summary>How many of them were there before.</summary>
    public int Earlier { get; private set; }

    /// <summary>How many of them ran into the limit of new tokens.</summary>
    public int Unstopped { get; private set; }

    /// <summary>The lines that failed, in the file's order.</summary>
    public IReadOnlyList<AnswerFailure> Failures => failures;

    /// <summary>Runs, or goes on with a run of the same settings.</summary>
    /// <param name="settings">What to answer, and where to.</param>
    /// <param name="progress">Called after every batch: answers that are there, and how many there will be.</param>
    /// <param name="failed">Called for each line that fails, as soon as it is known.</param>
    /// <exception cref="UrialException">The queries file, the model, the prompt style or the output file cannot be used, or every line failed.</exception>
    public static AnswerRun Execute(AnswerRunSettings settings, Action<int, int>? progress = null, Action<AnswerFailure>? failed = null)
    {
        settings.Options.Check();
        var lines = AnswerQueries.Read(settings.QueriesFile);
        if (settings.PromptStyle is null && lines.FirstOrDefault(line => line.Query?.Conversation is not null) is { } open)
            throw new UrialException($"{settings.QueriesFile}:{open.Number}: the query needs a prompt style. Give --prompt-style, or lines with \"prompt\".");
        using var held = OutputLock.Take(settings.OutFile, settings.ManifestFile);
        using var model = LanguageModel.Load(settings.ModelDirectory, settings.Precision);
        var style = settings.PromptStyle is null ? null : PromptStyles.Of(settings.PromptStyle, settings.Examples, model, settings.QueryForm);
        var run = new AnswerRun(settings, model, style, failed);
        _ = model.Tokenizer; // read now: what is wrong with it is no fault of a line
        run.Run(lines, style, progress);
        return run;
    }

    private void Run(IReadOnlyList<AnswerLine> lines, IPromptStyle? style, Action<int, int>? progress)
    {
        PreparedAnswer[] prompts = [.. lines.Select(line => Prepare(line, style)).OfType<PreparedAnswer>()];
        if (prompts.Length == 0)
            throw new UrialException($"None of the {lines.Count} lines of {settings.QueriesFile} can be answered; nothing was written.");
        JsonObject same = AnswerManifest.Settings(settings, model, style, generator);
        AnswerManifest.CheckSame(same, settings.ManifestFile, settings.OutFile);
        using var file = new ResumableAnswers(settings.OutFile);
        CheckPrompts(file, prompts);
        Earlier = file.Written.Count;
        AnswerManifest.Write(settings.ManifestFile, settings, same, style, prompts, lines.Count, failures, null);

        using (PrefixCache? prefix = Earlier < prompts.Length && settings.Options.SharePrefix ? model.Prefix([.. prompts.Select(prompt => prompt.Tokens.Ids)]) : null)
            foreach (PreparedAnswer[] batch in prompts.Chunk(settings.Options.BatchSize))
            {
                if (!batch.All(prompt => file.Written.ContainsKey(prompt.Query.Id)))
                    Answer(batch, prefix, file);
                progress?.Invoke(file.Written.Count, prompts.Length);
            }
        if (file.Written.Count == 0)
        {
            file.Dispose();
            File.Delete(settings.OutFile);
            File.Delete(settings.ManifestFile);
            throw new UrialException($"None of the {lines.Count} lines of {settings.QueriesFile} could be answered; nothing was written.");
        }
        file.Finish(prompts.Select(prompt => prompt.Query.Id));
        failures.Sort((a, b) => a.Line.CompareTo(b.Line));
        (Answers, Unstopped) = (file.Written.Count, file.Written.Values.Count(answer => answer.StopReason == "limit"));
        AnswerManifest.Write(settings.ManifestFile, settings, same, style, prompts, lines.Count, failures, [.. file.Written.Values]);
    }

    private PreparedAnswer? Prepare(AnswerLine line, IPromptStyle? style)
    {
        try
        {
            return PreparedAnswer.Of(model, style, line.Number, line.Query ?? throw new UrialException(line.Error!), settings.Options);
        }
        catch (UrialException e)
        {
            Fail(line.Number, line.Id, e.Message);
            return null;
        }
    }

    // The whole batch is answered anew where some of it is there: what an answer is computed beside stays the same, down to the last bit.
    private void Answer(PreparedAnswer[] batch, PrefixCache? prefix, ResumableAnswers file)
    {
        Generation[] answers;
        try
        {
            answers = model.GenerateBatch([.. batch.Select(prompt => prompt.Tokens)], settings.Options, prefix);
        }
        catch (UrialException e) when (batch.Length == 1)
        {
            Fail(batch[0].Line, batch[0].Query.Id, e.Message);
            return;
        }
        catch (UrialException)
        {
            foreach (PreparedAnswer single in batch) // one of them spoils the batch: find out which
                if (!file.Written.ContainsKey(single.Query.Id))
                    Answer([single], prefix, file);
            return;
        }
        // Outside: a disk that is full is no fault of a query, and ends the run.
        string name = Path.GetFileNameWithoutExtension(settings.QueriesFile);
        file.Append(batch.Zip(answers).Where(pair => !file.Written.ContainsKey(pair.First.Query.Id))
            .Select(pair => AnswerJson.Line(pair.First.Query, pair.Second, generator, name)).ToArray());
    }

    private void CheckPrompts(ResumableAnswers file, PreparedAnswer[] prompts)
    {
        var known = prompts.ToDictionary(prompt => prompt.Query.Id, StringComparer.Ordinal);
        foreach (WrittenAnswer answer in file.Written.Values)
            if (!known.TryGetValue(answer.Id, out var prompt))
                throw new UrialException($"{settings.OutFile} holds an answer to \"{answer.Id}\", and {settings.QueriesFile} no such query that can be answered. Use the same queries, delete the file, or choose another --out.");
            else if (!prompt.Tokens.Ids.AsSpan().SequenceEqual(answer.PromptIds))
                throw new UrialException($"{settings.OutFile} holds an answer to another prompt for \"{answer.Id}\" than line {prompt.Line} of {settings.QueriesFile} gives. Use the same queries, delete the file, or choose another --out.");
    }

    private void Fail(int line, string? id, string error)
    {
        var failure = new AnswerFailure(line, id, error);
        failures.Add(failure);
        failed?.Invoke(failure);
    }
}
