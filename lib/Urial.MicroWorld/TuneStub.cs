namespace Urial.MicroWorld;
public sealed partial class TrainingRun
{
    private void TuneSft() => _note(_world.ToString()!);
    private void TuneDpo() => _note(_world.ToString()!);
}
