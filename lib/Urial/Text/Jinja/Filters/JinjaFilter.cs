namespace Urial;

/// <summary>What a filter makes of a value.</summary>
/// <param name="value">The value.</param>
/// <param name="arguments">What stands in the filter's parentheses.</param>
internal delegate object? JinjaFilter(object? value, JinjaArguments arguments);
