using NUnit.Framework;

namespace TogetherAI.Tests.Http;

/// <summary>What is said of a number out of its bounds; generated code writes the end of a type for a bound that is not there.</summary>
public sealed class RangeTests
{
    [TestCase(0, 1, int.MaxValue, "must be at least 1.")]
    [TestCase(0, 1, long.MaxValue, "must be at least 1.")]
    [TestCase(0, 0.5, float.MaxValue, "must be at least 0.5.")]
    [TestCase(0, 0.5, double.MaxValue, "must be at least 0.5.")]
    [TestCase(0, 3_000_000_000, double.MaxValue, "must be at least 3000000000.")]
    [TestCase(11, int.MinValue, 10, "must be at most 10.")]
    [TestCase(2e11, long.MinValue, 99_999_999_999, "must be at most 99999999999.")]
    [TestCase(11, float.MinValue, 10, "must be at most 10.")]
    [TestCase(2.5, double.MinValue, 2, "must be at most 2.")]
    [TestCase(9, 10, 50, "must be between 10 and 50.")]
    [TestCase(51, 10, 50, "must be between 10 and 50.")]
    [TestCase(-1, 0, 99_999_999_999, "must be between 0 and 99999999999.")]
    [TestCase(1e15, -0.00001, 999_999_999_999_999, "must be between -0.00001 and 999999999999999.")]
    [TestCase(1, 0.1, 0.30000000000000004, "must be between 0.1 and 0.30000000000000004.")]
    [TestCase(double.NaN, 0, 1, "must be between 0 and 1.")]
    [TestCase(double.NaN, 0, double.MaxValue, "must be at least 0.")]
    public void Range_value_out_of_bounds_is_told_the_bounds_that_there_are(double value, double minimum, double maximum, string rule)
    {
        Assert.That(
            () => Validation.Range(value, minimum, maximum, "request", "Field"),
            Throws.TypeOf<ArgumentOutOfRangeException>().With.Property("ParamName").EqualTo("request.Field").And.Message.StartsWith("request.Field " + rule));
    }

    // A value beyond the end of a type shows that it is a bound of the document.
    [TestCase(3e9, 0, int.MaxValue, "must be between 0 and 2147483647.")]
    [TestCase(-1, 0, int.MaxValue, "must be at least 0.")]
    [TestCase(-3e9, int.MinValue, int.MaxValue, "must be at least -2147483648.")]
    [TestCase(3e9, int.MinValue, int.MaxValue, "must be at most 2147483647.")]
    public void Range_value_beyond_the_end_of_a_type_is_told_that_end(double value, double minimum, double maximum, string rule)
    {
        Assert.That(
            () => Validation.Range(value, minimum, maximum, "request", "Field"),
            Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.StartsWith("request.Field " + rule));
    }

    [TestCase(null, 1, 2)]
    [TestCase(1, 1, 2)]
    [TestCase(2, 1, 2)]
    [TestCase(-1e300, double.MinValue, 2)]
    [TestCase(1e300, 1, double.MaxValue)]
    public void Range_value_in_bounds_is_taken(double? value, double minimum, double maximum)
    {
        Assert.That(() => Validation.Range(value, minimum, maximum, "request", "Field"), Throws.Nothing);
    }
}
