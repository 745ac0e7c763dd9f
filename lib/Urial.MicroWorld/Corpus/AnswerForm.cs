namespace Urial.MicroWorld;

/// <summary>How the answers of a document are built.</summary>
internal enum AnswerForm
{
    /// <summary>Bare values.</summary>
    Terse,
    /// <summary>A sentence for each fact asked for.</summary>
    Sentence,
    /// <summary>Bullets, with more facts than were asked for.</summary>
    List,
    /// <summary>Several sentences, with more facts than were asked for.</summary>
    Prose,
    /// <summary>Bullets for several facts, sentences otherwise: a habit that one example cannot show.</summary>
    Mixed,
}
