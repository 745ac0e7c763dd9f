namespace Urial;

/// <summary>
/// A win rate at equal length, by logistic regression as length-controlled AlpacaEval does (arXiv 2404.04475), in a plain form:
/// logit P(win) = θ + φ·tanh(Δ/s), where Δ is the first answer's length minus the second's and s the root of the mean of Δ².
/// The controlled win rate is σ(θ): what the judge would say of two answers of one length. A tie counts as half a win.
/// </summary>
public static class LengthControl
{
    // Holds the fit finite where one arm wins everything or length decides alone; far below what data say otherwise.
    private const double Ridge = 1e-3;
    private const int MostSteps = 100;

    /// <summary>The length-controlled win rate with its interval over queries.</summary>
    /// <param name="wins">1 for a win, 0.5 for a tie, 0 for a loss, one per query.</param>
    /// <param name="lengthDifferences">First length minus second length, in any unit, one per query.</param>
    /// <exception cref="ArgumentException">The lists are empty or differ in length, or a number is out of range.</exception>
    public static Estimate WinRate(IReadOnlyList<double> wins, IReadOnlyList<double> lengthDifferences)
    {
        if (wins.Count != lengthDifferences.Count)
            throw new ArgumentException($"There are {wins.Count} outcomes and {lengthDifferences.Count} length differences.");
        if (!wins.All(win => win is >= 0 and <= 1) || !lengthDifferences.All(double.IsFinite))
            throw new ArgumentException("Outcomes lie between 0 and 1, and length differences are finite.");
        double[] y = [.. wins], x = [.. Bend(lengthDifferences)];
        return Bootstrap.Of(y.Length, sample => Sigmoid(Fit(y, x, sample).Theta));
    }

    /// <summary>The fitted θ (log odds at equal length) and φ (what length adds).</summary>
    /// <inheritdoc cref="WinRate"/>
    public static (double Theta, double Phi) Fit(IReadOnlyList<double> wins, IReadOnlyList<double> lengthDifferences) =>
        Fit([.. wins], [.. Bend(lengthDifferences)], [.. Enumerable.Range(0, wins.Count)]);

    /// <summary>tanh(Δ/s): beyond a typical difference, more length says little more.</summary>
    private static IEnumerable<double> Bend(IReadOnlyList<double> differences)
    {
        var scale = Math.Sqrt(differences.Average(d => d * d));
        return differences.Select(d => scale > 0 ? Math.Tanh(d / scale) : 0);
    }

    // Newton's method on the log likelihood, less Ridge/2·(θ² + φ²): two unknowns, so that each step is in closed form.
    private static (double Theta, double Phi) Fit(double[] y, double[] x, IReadOnlyList<int> sample)
    {
        var (theta, phi) = (0.0, 0.0);
        for (var step = 0; step < MostSteps; step++)
        {
            var (g0, g1, h00, h01, h11) = (-Ridge * theta, -Ridge * phi, Ridge, 0.0, Ridge);
            for (var k = 0; k < sample.Count; k++)
            {
                var i = sample[k];
                var p = Sigmoid(theta + phi * x[i]);
                var weight = p * (1 - p);
                (g0, g1) = (g0 + y[i] - p, g1 + (y[i] - p) * x[i]);
                (h00, h01, h11) = (h00 + weight, h01 + weight * x[i], h11 + weight * x[i] * x[i]);
            }
            var determinant = h00 * h11 - h01 * h01;
            var (d0, d1) = ((h11 * g0 - h01 * g1) / determinant, (h00 * g1 - h01 * g0) / determinant);
            // Far out the curve is flat and a full step would overshoot.
            (theta, phi) = (theta + Math.Clamp(d0, -2, 2), phi + Math.Clamp(d1, -2, 2));
            if (Math.Abs(d0) + Math.Abs(d1) < 1e-10)
                break;
        }
        return (theta, phi);
    }

    private static double Sigmoid(double logit) => 1 / (1 + Math.Exp(-logit));
}
