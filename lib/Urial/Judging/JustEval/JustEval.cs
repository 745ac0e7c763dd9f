namespace Urial;

/// <summary>
/// The data set just-eval-instruct (paper, section 4.1): 800 general and 200 safety examples. Ids and tags are committed;
/// the instructions are read from the reader's disk or the hub.
/// </summary>
public static class JustEval
{
    /// <summary>Where the hub keeps the data set; another address can be given where it has moved.</summary>
    public static Uri HubFile { get; } = new(
        "https://huggingface.co/datasets/re-align/just-eval-instruct/resolve/main/test_all_with_tags.jsonl");

    /// <summary>The committed table of ids and tags.</summary>
    public static string ExamplesPath => Repository.Path("data", "just-eval", "examples.csv");

    /// <summary>The committed ids, tags and lite subset; no instructions.</summary>
    /// <param name="file">Another table of the same form; the committed one if null.</param>
    /// <exception cref="UrialException">The table is missing or malformed; the message names file and line.</exception>
    public static IReadOnlyList<JustEvalExample> Examples(string? file = null) => ExamplesTable.Read(file ?? ExamplesPath);

    /// <summary>
    /// Reads the data set from a file as the hub has it: a JSON array or JSON lines, with <c>id</c>, <c>instruction</c>, <c>source_id</c>,
    /// <c>dataset</c>, <c>category</c> (<c>regular</c> or <c>safety</c>), and, where they are there, <c>task</c>, <c>topic</c>,
    /// <c>difficulty</c>.
    /// </summary>
    /// <remarks>Tags, source and lite membership of an example whose id and source id are in the committed table come from there.</remarks>
    /// <param name="file">The file.</param>
    /// <exception cref="UrialException">
    /// The file cannot be read or a record has another form; the message names file and line or record.
    /// </exception>
    public static IReadOnlyList<JustEvalExample> Load(string file) => JustEvalReader.Parse(InputFile.Bytes(file, "data set"), file);

    /// <summary>Reads the data set from the hub.</summary>
    /// <param name="client">The client that fetches.</param>
    /// <param name="address">The file's address; <see cref="HubFile"/> if null.</param>
    /// <param name="cancellation">Stops the download.</param>
    /// <exception cref="UrialException">The hub cannot be reached, refuses, or answers with something else.</exception>
    public static async Task<IReadOnlyList<JustEvalExample>> FetchAsync(HttpClient client, Uri? address = null,
        CancellationToken cancellation = default)
    {
        address ??= HubFile;
        try
        {
            using var response = await client.GetAsync(address, cancellation).ConfigureAwait(false);
            if (!response.IsSuccessStatusCode)
                throw new UrialException($"{address} answers {(int)response.StatusCode}: look at the data set's page for the file's "
                    + "present address, or download it and use JustEval.Load.");
            return JustEvalReader.Parse(await response.Content.ReadAsByteArrayAsync(cancellation).ConfigureAwait(false),
                address.ToString());
        }
        catch (HttpRequestException e)
        {
            throw new UrialException($"Cannot fetch {address}: {e.Message} Without a network, use JustEval.Load with a file.", e);
        }
    }

    /// <summary>Each example's task tags by its id.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<string>> Tasks(IEnumerable<JustEvalExample> examples) =>
        examples.ToDictionary(example => example.Id, example => example.Tasks);

    /// <summary>Each example's topic tags by its id.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<string>> Topics(IEnumerable<JustEvalExample> examples) =>
        examples.ToDictionary(example => example.Id, example => example.Topics);
}
