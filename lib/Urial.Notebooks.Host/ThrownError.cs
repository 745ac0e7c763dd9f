using System.Diagnostics;
using System.Globalization;
using System.Reflection;

namespace Urial.Notebooks.Host;

/// <summary>Tells an exception in texts: what was thrown, what lay behind it, and through which cells and methods it came.</summary>
internal static class ThrownError
{
    /// <summary>The texts of a <see cref="HostMessageKind.Thrown"/> message.</summary>
    public static IReadOnlyList<string> Texts(Exception exception)
    {
        // What Task.Wait and reflection wrap around the error is no news to the reader.
        while (exception is AggregateException { InnerExceptions.Count: 1 } or TargetInvocationException { InnerException: not null })
            exception = exception.InnerException!;

        var chain = new List<Exception>();
        for (var e = exception; e is not null; e = e.InnerException)
            chain.Add(e);
        return
        [
            chain.Count.ToString(CultureInfo.InvariantCulture),
            .. chain.SelectMany(e => new[] { e.GetType().Name, Message(e) }),
            .. new StackTrace(exception, fNeedFileInfo: true).GetFrames().Select(Describe).OfType<string>(),
        ];
    }

    // A message is a property, and an exception that a cell made may throw in it.
    private static string Message(Exception exception)
    {
        try
        {
            return exception.Message;
        }
        catch (Exception e)
        {
            return $"(its message cannot be read: {e.GetType().Name})";
        }
    }

    /// <summary>A cell's number and line with a colon between, or a method of our library; nothing for the runtime's machinery.</summary>
    private static string? Describe(StackFrame frame)
    {
        if (CellPlace.CellOf(frame.GetFileName()) is { } cell)
            return string.Create(CultureInfo.InvariantCulture, $"{cell}:{frame.GetFileLineNumber()}");
        var type = frame.GetMethod()?.DeclaringType;
        while (type?.Name.Contains('<', StringComparison.Ordinal) == true)
            type = type.DeclaringType;
        return type?.Namespace is { } space && space.StartsWith("Urial", StringComparison.Ordinal)
            && type.Assembly != typeof(ThrownError).Assembly
            ? $"{type.Name}.{MethodName(frame.GetMethod()!)}"
            : null;
    }

    private static string MethodName(MethodBase method)
    {
        // An async method or a lambda: its name stands between angle brackets, in its own name or its state machine's.
        var name = method.Name == "MoveNext" ? method.DeclaringType!.Name : method.Name;
        var (start, end) = (name.IndexOf('<', StringComparison.Ordinal), name.IndexOf('>', StringComparison.Ordinal));
        return start >= 0 && end > start + 1 ? name[(start + 1)..end] : name;
    }
}
