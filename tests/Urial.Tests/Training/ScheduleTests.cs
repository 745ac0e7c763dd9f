using Urial.MicroWorld;

namespace Urial.Tests.Training;

public sealed class ScheduleTests
{
    private readonly Schedule _schedule = new([new TrainingCycle(1000, 2, 0.4)], tokensPerStep: 10, warmUp: 10);

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
        var twice = new Schedule([new(1000, 2, 0.4), new(1000, 2, 0.4)], 10, 10);
        Assert.Equal(200, twice.Steps);
        Assert.Equal(_schedule.Rate(step), twice.Rate(step), 12);
        Assert.Equal(_schedule.Rate(step), twice.Rate(100 + step), 12);
    }
}
