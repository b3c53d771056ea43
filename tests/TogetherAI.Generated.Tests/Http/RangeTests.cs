using NUnit.Framework;

namespace TogetherAI.Tests.Http;

/// <summary>What generated code checks of numbers and lists, and what is said of a value that is out of bounds.</summary>
public sealed class RangeTests
{
    [TestCase(0, 1, null, "must be at least 1.")]
    [TestCase(0, 0.5, null, "must be at least 0.5.")]
    [TestCase(0, 3_000_000_000d, null, "must be at least 3000000000.")]
    [TestCase(11, null, 10, "must be at most 10.")]
    [TestCase(2e11, null, 99_999_999_999d, "must be at most 99999999999.")]
    [TestCase(9, 10, 50, "must be between 10 and 50.")]
    [TestCase(51, 10, 50, "must be between 10 and 50.")]
    [TestCase(3e9, 0, int.MaxValue, "must be between 0 and 2147483647.")]
    [TestCase(1e15, -0.00001, 999_999_999_999_999d, "must be between -0.00001 and 999999999999999.")]
    [TestCase(1, 0.1, 0.30000000000000004, "must be between 0.1 and 0.30000000000000004.")]
    [TestCase(double.NaN, 0, 1, "must be between 0 and 1.")]
    [TestCase(double.NaN, 0, null, "must be at least 0.")]
    public void Range_value_out_of_bounds_is_told_the_bounds_that_there_are(double value, double? minimum, double? maximum, string rule)
        => RequireFault(() => Validation.Range(value, minimum, maximum, "request", "Field"), rule);

    [TestCase(null, 1, 2)]
    [TestCase(1, 1, 2)]
    [TestCase(2, 1, 2)]
    [TestCase(-1e300, null, 2)]
    [TestCase(1e300, 1, null)]
    public void Range_value_in_bounds_is_taken(double? value, double? minimum, double? maximum)
        => Assert.That(() => Validation.Range(value, minimum, maximum, "request", "Field"), Throws.Nothing);

    [Test]
    public void Range_of_whole_numbers_is_exact_beyond_what_a_double_holds()
    {
        Assert.That(() => Validation.Range((long?)9_007_199_254_740_993, 9_007_199_254_740_993m, null, "request", "Field"), Throws.Nothing);
        RequireFault(() => Validation.Range((long?)9_007_199_254_740_992, 9_007_199_254_740_993m, null, "request", "Field"), "must be at least 9007199254740993.");
    }

    [Test]
    public void Exclusive_bound_itself_is_refused()
    {
        Assert.That(() => Validation.Above(0.1, 0, "request", "Field"), Throws.Nothing);
        RequireFault(() => Validation.Above(0d, 0d, "request", "Field"), "must be greater than 0.");
        RequireFault(() => Validation.Above(double.NaN, 0d, "request", "Field"), "must be greater than 0.");
        RequireFault(() => Validation.Below((int?)10, 10m, "request", "Field"), "must be less than 10.");
    }

    [TestCase(0.3, 0.1)]
    [TestCase(1e300, 1e299)]
    [TestCase(null, 5)]
    public void Multiple_in_decimal_notation_is_taken(double? value, double factor)
        => Assert.That(() => Validation.MultipleOf(value, factor, "request", "Field"), Throws.Nothing);

    [TestCase(0.35, 0.1, "must be a multiple of 0.1.")]
    [TestCase(12, 5, "must be a multiple of 5.")]
    public void Number_that_is_no_multiple_is_refused(double value, double factor, string rule)
        => RequireFault(() => Validation.MultipleOf(value, factor, "request", "Field"), rule);

    [Test]
    public void Item_that_occurs_twice_is_named()
        => Assert.That(
            () => Validation.Unique(["a", "b", "a"], "request", "Field"),
            Throws.ArgumentException.With.Message.StartsWith("request.Field[2] occurs twice"));

    [Test]
    public void Item_out_of_bounds_is_named_with_its_place()
    {
        string[][] lists = [["ab"], ["ab", ""]];
        var map = new Dictionary<string, int> { ["low"] = 0 };

        Assert.That(
            () => Validation.Each(lists, static (item, path, name) => Validation.Each(item, static (item, path, name) => Validation.Length(item, 1, 3, path, name), path, name), "request", "Field"),
            Throws.ArgumentException.With.Message.StartsWith("request.Field[1][1] must not be empty."));
        Assert.That(
            () => Validation.EachValue(map, static (item, path, name) => Validation.Range(item, 1m, null, path, name), "request", "Field"),
            Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.StartsWith("request.Field[\"low\"] must be at least 1."));
    }

    [Test]
    public void Parameter_out_of_bounds_is_named_alone()
        => Assert.That(() => Validation.Range(0, 1m, null, "", "limit"), Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.StartsWith("limit must be at least 1."));

    private static void RequireFault(Action check, string rule)
        => Assert.That(
            () => check(),
            Throws.TypeOf<ArgumentOutOfRangeException>().With.Property("ParamName").EqualTo("request.Field").And.Message.StartsWith("request.Field " + rule));
}
