using System.Diagnostics.CodeAnalysis;
using Newtonsoft.Json.Linq;
using TogetherAI.Runtime.Json;

namespace TogetherAI;

public sealed partial class RerankDocument
{
    /// <summary>Creates a value from an object, whose properties become the fields.</summary>
    /// <param name="document">The object, which is serialized with Newtonsoft.Json.</param>
    [RequiresUnreferencedCode(NewtonsoftJson.Reason)]
    [RequiresDynamicCode(NewtonsoftJson.Reason)]
    public static RerankDocument FromObject(object document)
        => FromFields(JObject.FromObject(document ?? throw new ArgumentNullException(nameof(document)), NewtonsoftJson.Writer));
}
