using Urial.MicroWorld;

namespace Urial.Tests.Training;

public sealed class ScheduleTests
{
    private readonly Schedule _schedule = new(Peak: 2, Steps: 100, WarmUp: 10, DecayShare: 0.4);

    [Theory]
    [InlineData(0, 0.2)]
    [InlineData(9, 2)]
    [InlineData(59, 2)]
    [InlineData(80, 1)]
    [InlineData(100, 0.04)]
    public void Warms_up_holds_and_falls(int step, double rate) => Assert.Equal(rate, _schedule.Rate(step), 9);

    [Theory]
    [InlineData(0)]
    [InlineData(9)]
    [InlineData(59)]
    [InlineData(80)]
    [InlineData(99)]
    public void A_second_cycle_repeats_the_first(int step)
    {
        var twice = _schedule with { Steps = 200, Cycles = 2 };
        Assert.Equal(_schedule.Rate(step), twice.Rate(step), 12);
        Assert.Equal(_schedule.Rate(step), twice.Rate(100 + step), 12);
    }
}
