using System.Text.Json;
using System.Threading.Channels;
using Microsoft.AspNetCore.Http;

namespace Urial.Explore;

/// <summary>
/// What the page asks for. Each request brings all that its answer depends on, so that nothing is remembered between two of them, and tabs
/// cannot disturb each other.
/// </summary>
/// <param name="loading">The pair.</param>
/// <param name="gate">Lets one computation in at a time.</param>
internal sealed class Api(LoadingPair loading, Gate gate)
{
    /// <summary>Answers a request.</summary>
    /// <param name="name">What is asked for, behind <c>api/</c>.</param>
    /// <param name="context">The request.</param>
    public async Task AnswerAsync(string name, HttpContext context)
    {
        try
        {
            if (name == "about")
                await (HttpMethods.IsGet(context.Request.Method) ? AboutAsync(context)
                    : FailAsync(context, StatusCodes.Status405MethodNotAllowed, "Use GET.")).ConfigureAwait(false);
            else if (name is not ("ask" or "score" or "prompt" or "page" or "notebook"))
                await FailAsync(context, StatusCodes.Status404NotFound, "There is nothing of that name here.").ConfigureAwait(false);
            else if (!HttpMethods.IsPost(context.Request.Method))
                await FailAsync(context, StatusCodes.Status405MethodNotAllowed, "Use POST.").ConfigureAwait(false);
            else if (context.Request.ContentType?.Split(';')[0].Trim() is not "application/json")
                await FailAsync(context, StatusCodes.Status415UnsupportedMediaType, "A request's body is application/json.")
                    .ConfigureAwait(false);
            else
                await ComputeAsync(name, context).ConfigureAwait(false);
        }
        catch (Exception problem) when (!context.RequestAborted.IsCancellationRequested)
        {
            var (status, message) = Verdict(problem);
            await FailAsync(context, status, message).ConfigureAwait(false);
        }
        catch (Exception problem) when (problem is OperationCanceledException or IOException)
        {
            return; // the page is gone: nobody is left to be told
        }
    }

    private static (int Status, string Message) Verdict(Exception problem) => problem switch
    {
        TooManyException => (StatusCodes.Status429TooManyRequests, problem.Message),
        UrialException => (StatusCodes.Status400BadRequest, problem.Message),
        BadHttpRequestException bad => (bad.StatusCode, bad.StatusCode == StatusCodes.Status413PayloadTooLarge
            ? $"A request has at most {Limits.Body >> 10} kB: shorten the conversation or the prompt."
            : "This is no request that can be read."),
        JsonException => (StatusCodes.Status400BadRequest, "The request's body is no JSON."),
        OutOfMemoryException => (StatusCodes.Status400BadRequest, "There is not enough memory for this: ask for less at once."),
        _ => (StatusCodes.Status500InternalServerError, $"unforeseen: {problem.GetType().Name}: {problem.Message}"),
    };

    private static async Task FailAsync(HttpContext context, int status, string message)
    {
        if (context.Response.HasStarted)
        {
            await new EventStream(context.Response).SendAsync("error", AnswerJson.Error(message)).ConfigureAwait(false);
            return;
        }
        context.Response.StatusCode = status;
        await SendAsync(context, AnswerJson.Error(message)).ConfigureAwait(false);
    }

    private static Task SendAsync(HttpContext context, string json)
    {
        context.Response.ContentType = "application/json; charset=utf-8";
        return context.Response.WriteAsync(json, context.RequestAborted);
    }

    private async Task AboutAsync(HttpContext context)
    {
        var stream = new EventStream(context.Response);
        await foreach (var said in loading.LinesAsync(context.RequestAborted).ConfigureAwait(false))
        {
            var told = AnswerJson.Object(json => json.WriteString("said", VisibleText.Of(said)));
            await stream.SendAsync("loading", told).ConfigureAwait(false);
        }
        await stream.SendAsync("ready", AboutJson.Of(loading.Pair)).ConfigureAwait(false);
    }

    private async Task ComputeAsync(string name, HttpContext context)
    {
        using var body = await JsonDocument.ParseAsync(context.Request.Body, new JsonDocumentOptions { MaxDepth = 16 },
            context.RequestAborted).ConfigureAwait(false);
        var (asked, pair, gone) = (Asked.Read(body.RootElement), loading.Pair, context.RequestAborted);
        switch (name)
        {
            case "ask":
                await AskAsync(asked, pair, context).ConfigureAwait(false);
                break;
            case "score":
                var answer = asked.Answers is [var only] ? only : throw new UrialException("\"answers\" has to hold the answer to score.");
                await SendAsync(context, await gate.RunAsync(
                    () => AnswerJson.Answer(pair.Labelled(pair.Models.Score(asked.Question(pair, answer), gone)), pair.Models.Tokenizer),
                    gone).ConfigureAwait(false)).ConfigureAwait(false);
                break;
            case "prompt":
                var (text, tokens) = await gate.RunAsync(() => pair.Models.BasePrompt(asked.Question(pair, null)), gone)
                    .ConfigureAwait(false);
                await SendAsync(context, AnswerJson.Object(json =>
                {
                    json.WriteString("text", text);
                    json.WriteNumber("tokens", tokens);
                })).ConfigureAwait(false);
                break;
            case "page":
                await SaveAsync(context, "text/html; charset=utf-8",
                    await gate.RunAsync(() => SavedPage.Of(pair, asked, gone), gone).ConfigureAwait(false)).ConfigureAwait(false);
                break;
            default:
                await SaveAsync(context, "application/x-ipynb+json; charset=utf-8",
                    await gate.RunAsync(() => SavedNotebook.Of(pair, asked), gone).ConfigureAwait(false)).ConfigureAwait(false);
                break;
        }
    }

    private static Task SaveAsync(HttpContext context, string type, byte[] file)
    {
        context.Response.ContentType = type;
        context.Response.Headers.ContentDisposition = "attachment";
        return context.Response.Body.WriteAsync(file, context.RequestAborted).AsTask();
    }

    // The computation does not wait for whoever reads: it ends when it is done, or when the page is gone.
    private async Task AskAsync(Asked asked, OpenPair pair, HttpContext context)
    {
        var gone = context.RequestAborted;
        var tokens = Channel.CreateUnbounded<string>();
        var stream = new EventStream(context.Response);
        var answering = AnsweringAsync();
        await foreach (var token in tokens.Reader.ReadAllAsync(gone).ConfigureAwait(false))
            await stream.SendAsync("token", token).ConfigureAwait(false);
        await stream.SendAsync("answer", await answering.ConfigureAwait(false)).ConfigureAwait(false);

        async Task<string> AnsweringAsync()
        {
            try
            {
                return await gate.RunAsync(() =>
                {
                    var question = asked.Question(pair, asked.Answers is [] ? null : asked.Answers is [var begun] ? begun
                        : throw new UrialException("\"answers\" holds at most the one to go on with."));
                    var answer = pair.Models.Ask(question with { Control = false },
                        position => tokens.Writer.TryWrite(AnswerJson.Position(position, pair.Models.Tokenizer)), gone);
                    if (question.Control)
                        answer = pair.Models.Score(question with
                        {
                            AnswerIds = [.. answer.AnswerIds, .. answer.UnsharedEnd is { } end ? new[] { end } : []],
                            EndedAtStop = answer.Ended && !answer.Positions[^1].IsEos && answer.UnsharedEnd is null,
                        }, gone);
                    return AnswerJson.Answer(pair.Labelled(answer), pair.Models.Tokenizer);
                }, gone).ConfigureAwait(false);
            }
            finally
            {
                tokens.Writer.Complete();
            }
        }
    }
}
