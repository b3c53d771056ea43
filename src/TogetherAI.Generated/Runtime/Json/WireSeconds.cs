using System.Globalization;
using Newtonsoft.Json;

namespace TogetherAI.Runtime.Json;

/// <summary>
/// Seconds as they are on the wire: since 1970 for a time, or the length of something. The number that came is kept, so that it
/// is written as it was.
/// </summary>
/// <remarks>Invariant: the bits are those of a number of seconds, whole or with a fraction, or of ticks of 100 nanoseconds.</remarks>
[JsonConverter(typeof(DurationConverter))]
internal readonly struct WireSeconds
{
    private const long EpochTicks = 621_355_968_000_000_000;

    private readonly long _bits;
    private readonly Form _form;
    private readonly bool _isText;

    private WireSeconds(long bits, Form form, bool isText)
    {
        _bits = bits;
        _form = form;
        _isText = isText;
    }

    private enum Form : byte
    {
        None,
        Whole,
        Fraction,
        Ticks,
    }

    /// <summary>The seconds; null where there are none.</summary>
    public WireSeconds? OrNull => _form == Form.None ? null : this;

    /// <summary>The time that they are after 1970, in UTC; null where there is none, or .NET has no such time.</summary>
    public DateTimeOffset? Time
        => ToTicks() is { } ticks && ticks >= -EpochTicks && ticks <= DateTimeOffset.MaxValue.Ticks - EpochTicks
            ? new DateTimeOffset(ticks + EpochTicks, TimeSpan.Zero)
            : null;

    /// <summary>The length that they are; null where there is none, or .NET has no such length.</summary>
    public TimeSpan? Duration => ToTicks() is { } ticks ? new TimeSpan(ticks) : null;

    /// <summary>The number, or its text, as it is written in JSON; null where there is none.</summary>
    public object? OnWire => _form switch
    {
        Form.None => null,
        _ when _isText => ToString(),
        Form.Whole => _bits,
        Form.Fraction => BitConverter.Int64BitsToDouble(_bits),
        _ => Exact,
    };

    private decimal Exact => (decimal)_bits / TimeSpan.TicksPerSecond;

    /// <summary>The seconds of a time.</summary>
    /// <param name="value">The time; null is none.</param>
    /// <param name="isWhole">Whether only whole seconds can be written; a fraction is left out.</param>
    /// <param name="isText">Whether the number is written as a text.</param>
    public static WireSeconds OfTime(DateTimeOffset? value, bool isWhole, bool isText)
        => value is not { } time ? default
            : isWhole ? OfWhole(time.ToUnixTimeSeconds(), isText)
            : OfTicks(time.UtcTicks - EpochTicks, isText);

    /// <summary>The seconds of a length.</summary>
    /// <param name="value">The length; null is none.</param>
    /// <param name="isText">Whether the number is written as a text.</param>
    public static WireSeconds OfDuration(TimeSpan? value, bool isText)
        => value is { } length ? OfTicks(length.Ticks, isText) : default;

    public static WireSeconds OfWhole(long seconds, bool isText = false) => new(seconds, Form.Whole, isText);

    /// <summary>A number with a fraction; null where it is not finite.</summary>
    public static WireSeconds? OfFraction(double seconds, bool isText = false)
        => double.IsNaN(seconds) || double.IsInfinity(seconds) ? null : new(BitConverter.DoubleToInt64Bits(seconds), Form.Fraction, isText);

    /// <summary>A number as a text; null where it is none.</summary>
    public static WireSeconds? Parse(string text)
        => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole) ? OfWhole(whole, isText: true)
            : double.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out var fraction)
                ? OfFraction(fraction, isText: true)
                : null;

    /// <summary>The number in decimal digits.</summary>
    public override string ToString() => _form switch
    {
        Form.None => "",
        Form.Whole => _bits.ToString(CultureInfo.InvariantCulture),
        Form.Fraction => BitConverter.Int64BitsToDouble(_bits).ToString("R", CultureInfo.InvariantCulture),
        _ => Exact.ToString(CultureInfo.InvariantCulture),
    };

    private static WireSeconds OfTicks(long ticks, bool isText)
        => ticks % TimeSpan.TicksPerSecond == 0 ? OfWhole(ticks / TimeSpan.TicksPerSecond, isText) : new WireSeconds(ticks, Form.Ticks, isText);

    private long? ToTicks()
    {
        switch (_form)
        {
            case Form.Whole:
                return _bits is >= long.MinValue / TimeSpan.TicksPerSecond and <= long.MaxValue / TimeSpan.TicksPerSecond ? _bits * TimeSpan.TicksPerSecond : null;
            case Form.Ticks:
                return _bits;
            case Form.Fraction:
                // By way of its digits: 0.1 is a tenth of a second, though not in binary.
                return decimal.TryParse(ToString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds)
                    && seconds is >= long.MinValue / TimeSpan.TicksPerSecond and <= long.MaxValue / TimeSpan.TicksPerSecond
                        ? (long)decimal.Round(seconds * TimeSpan.TicksPerSecond)
                        : null;
            default:
                return null;
        }
    }
}
