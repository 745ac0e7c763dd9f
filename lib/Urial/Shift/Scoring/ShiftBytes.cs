namespace Urial;

/// <summary>The shifts of an answer that models in this process scored as bytes, every number as it is in memory.</summary>
internal static class ShiftBytes
{
    /// <summary>Writes the shifts.</summary>
    /// <exception cref="ArgumentException">One has bounds: a server scored it.</exception>
    public static void Write(BinaryWriter writer, IReadOnlyList<PositionShift> shifts)
    {
        writer.Write(shifts.Count);
        foreach (var shift in shifts)
        {
            if (shift.Bounds is not null || shift.RankCensored)
                throw new ArgumentException($"Position {shift.Position} is known within bounds only.", nameof(shifts));
            writer.Write(shift.Position);
            writer.Write(shift.TokenId);
            writer.Write(shift.BaseRank);
            writer.Write(shift.BaseProbability);
            writer.Write(shift.AlignedProbability);
            writer.Write(shift.KlAlignedBase);
            writer.Write(shift.KlBaseAligned);
            writer.Write(shift.Js);
            writer.Write(shift.BaseEntropy);
            writer.Write(shift.AlignedEntropy);
            writer.Write(shift.AlignedArgmaxId);
            writer.Write(shift.IsEos);
            writer.Write(shift.BaseLeftOut);
            writer.Write(shift.AlignedLeftOut);
            WriteTop(writer, shift.BaseTop);
            WriteTop(writer, shift.AlignedTop);
        }
    }

    /// <summary>Reads the shifts of an answer back; null where they are of another one, or something else.</summary>
    /// <param name="reader">The bytes.</param>
    /// <param name="answerIds">The answer.</param>
    /// <param name="mostTop">How many top tokens a position has at most.</param>
    /// <exception cref="EndOfStreamException">There are fewer than it says.</exception>
    public static PositionShift[]? Read(BinaryReader reader, int[] answerIds, int mostTop)
    {
        if (reader.ReadInt32() != answerIds.Length)
            return null;
        var shifts = new PositionShift[answerIds.Length];
        for (var i = 0; i < shifts.Length; i++)
        {
            shifts[i] = new PositionShift
            {
                Position = reader.ReadInt32(),
                TokenId = reader.ReadInt32(),
                BaseRank = reader.ReadInt32(),
                BaseProbability = reader.ReadDouble(),
                AlignedProbability = reader.ReadDouble(),
                KlAlignedBase = reader.ReadDouble(),
                KlBaseAligned = reader.ReadDouble(),
                Js = reader.ReadDouble(),
                BaseEntropy = reader.ReadDouble(),
                AlignedEntropy = reader.ReadDouble(),
                AlignedArgmaxId = reader.ReadInt32(),
                IsEos = reader.ReadBoolean(),
                BaseLeftOut = reader.ReadDouble(),
                AlignedLeftOut = reader.ReadDouble(),
                BaseTop = ReadTop(reader, mostTop),
                AlignedTop = ReadTop(reader, mostTop),
            };
            if (shifts[i].Position != i || shifts[i].TokenId != answerIds[i])
                return null;
        }
        return shifts;
    }

    private static void WriteTop(BinaryWriter writer, IReadOnlyList<TopToken> top)
    {
        writer.Write(top.Count);
        foreach (var token in top)
        {
            writer.Write(token.Id);
            writer.Write(token.Probability);
        }
    }

    private static TopToken[] ReadTop(BinaryReader reader, int most)
    {
        var top = new TopToken[Math.Clamp(reader.ReadInt32(), 0, most)];
        for (var i = 0; i < top.Length; i++)
            top[i] = new TopToken(reader.ReadInt32(), reader.ReadDouble());
        return top;
    }
}
