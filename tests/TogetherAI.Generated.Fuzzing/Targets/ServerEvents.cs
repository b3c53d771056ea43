using System.Text;

namespace TogetherAI.Fuzzing.Targets;

/// <summary>One event of an event stream.</summary>
/// <param name="Name">Its type.</param>
/// <param name="Data">Its data.</param>
internal sealed record ServerEvent(string Name, byte[] Data);

/// <summary>
/// Reads an event stream as WHATWG HTML, 9.2.6 says, the slow and obvious way, with exceptions that the client makes: a last event
/// without its blank line counts, and a line <c>[DONE]</c> ends the stream.
/// </summary>
internal static class ServerEvents
{
    public static List<ServerEvent> Parse(byte[] wire)
    {
        var events = new List<ServerEvent>();
        var name = "";
        List<byte>? data = null;
        foreach (var line in Lines(wire.AsSpan().StartsWith(Encoding.UTF8.Preamble) ? wire[3..] : wire).TakeWhile(line => !IsDone(line)).Append([]))
        {
            if (line.Length == 0)
            {
                if (data is not null)
                {
                    events.Add(new ServerEvent(name.Length == 0 ? "message" : name, [.. data.SkipLast(1)]));
                }

                // The parser of .NET, which the client uses, keeps the name of an event that has no data for the next one.
                (name, data) = (data is null ? name : "", null);
                continue;
            }

            var colon = Array.IndexOf(line, (byte)':');
            var field = Encoding.UTF8.GetString(colon < 0 ? line : line[..colon]);
            var value = colon < 0 ? [] : line[(colon + 1)..];
            value = value is [(byte)' ', ..] ? value[1..] : value;
            if (field == "data")
            {
                data = [.. data ?? [], .. value, (byte)'\n'];
            }
            else if (field == "event")
            {
                name = Encoding.UTF8.GetString(value);
            }
        }

        return events;
    }

    private static IEnumerable<byte[]> Lines(byte[] wire)
    {
        var start = 0;
        for (var i = 0; i < wire.Length; i++)
        {
            if (wire[i] is (byte)'\n' or (byte)'\r')
            {
                yield return wire[start..i];
                i += wire[i] == (byte)'\r' && i + 1 < wire.Length && wire[i + 1] == (byte)'\n' ? 1 : 0;
                start = i + 1;
            }
        }

        yield return wire[start..];
    }

    private static bool IsDone(byte[] line) => Encoding.Latin1.GetString(line).TrimEnd(' ').Equals("[done]", StringComparison.OrdinalIgnoreCase);
}
