namespace Urial.Explore;

/// <summary>
/// One computation at a time: models are not for several threads at once, and two at once would both be slow. Those that come meanwhile
/// wait in the order in which they came, a few of them; one that is no longer wanted leaves its place.
/// </summary>
/// <param name="most">How many may wait.</param>
internal sealed class Gate(int most)
{
    private readonly Lock _lock = new();
    private readonly LinkedList<TaskCompletionSource> _waiting = [];
    private bool _taken;

    /// <summary>How many wait.</summary>
    public int Waiting
    {
        get
        {
            lock (_lock)
                return _waiting.Count;
        }
    }

    /// <summary>Whether somebody computes.</summary>
    public bool IsTaken
    {
        get
        {
            lock (_lock)
                return _taken;
        }
    }

    /// <summary>Computes when it is this caller's turn, on a thread of its own.</summary>
    /// <param name="work">The computation.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <exception cref="TooManyException">Too many wait already.</exception>
    public async Task<T> RunAsync<T>(Func<T> work, CancellationToken cancellation)
    {
        await EnterAsync(cancellation).ConfigureAwait(false);
        try
        {
            return await Task.Run(work, cancellation).ConfigureAwait(false);
        }
        finally
        {
            Leave();
        }
    }

    private async Task EnterAsync(CancellationToken cancellation)
    {
        TaskCompletionSource turn;
        LinkedListNode<TaskCompletionSource> place;
        lock (_lock)
        {
            if (!_taken)
            {
                _taken = true;
                return;
            }
            if (_waiting.Count >= most)
                throw new TooManyException();
            turn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            place = _waiting.AddLast(turn);
        }
        await using var _ = cancellation.Register(() =>
        {
            lock (_lock)
                if (place.List is not null)
                {
                    _waiting.Remove(place);
                    turn.TrySetCanceled(cancellation);
                }
        }).ConfigureAwait(false);
        await turn.Task.ConfigureAwait(false);
    }

    private void Leave()
    {
        lock (_lock)
        {
            if (_waiting.First is not { } next)
            {
                _taken = false;
                return;
            }
            _waiting.Remove(next);
            next.Value.SetResult();
        }
    }
}
