using Microsoft.Extensions.AI;
using TogetherAI.Extensions.AI.Json;

namespace TogetherAI.Extensions.AI.Embeddings;

/// <summary>An embedding generator of Microsoft.Extensions.AI over the client for embeddings.</summary>
internal sealed class EmbeddingGeneratorAdapter(ITogetherAIEmbeddingsClient client, string? model, TogetherAIRequestOptions? requestOptions)
    : IEmbeddingGenerator<string, Embedding<float>>
{
    private readonly EmbeddingGeneratorMetadata _metadata = new(Provider.Name, defaultModelId: model);

    public async Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
        IEnumerable<string> values,
        EmbeddingGenerationOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        var texts = (values ?? throw new ArgumentNullException(nameof(values))).ToArray();
        if (texts.Length == 0)
        {
            return [];
        }

        var request = Request(texts, options);
        var response = await client.CreateAsync(request, requestOptions, cancellationToken).ConfigureAwait(false);
        return Embeddings(response, texts.Length, request.Model);
    }

    public object? GetService(Type serviceType, object? serviceKey = null) => Provider.Find(serviceType, serviceKey, this, _metadata, client);

    public void Dispose()
    {
        // The client belongs to the caller.
    }

    private EmbeddingRequest Request(string[] texts, EmbeddingGenerationOptions? options)
    {
        if (options?.Dimensions is not null)
        {
            throw new NotSupportedException("EmbeddingGenerationOptions.Dimensions is not supported: the model determines the length of the vectors. For a server that supports it, set AdditionalProperties[\"dimensions\"].");
        }

        var request = Provider.Raw<EmbeddingRequest>(options?.RawRepresentationFactory?.Invoke(this)) ?? new EmbeddingRequest { Model = "", Input = "" };
        request.Model = Provider.Model(request.Model, options?.ModelId, model);
        request.Input = texts;
        AdditionalFields.Send(request.AdditionalProperties, options?.AdditionalProperties, nameof(EmbeddingGenerationOptions));
        return request;
    }

    private static GeneratedEmbeddings<Embedding<float>> Embeddings(EmbeddingResponse response, int count, string requestedModel)
    {
        var ordered = response.Data.Select(static (data, position) => (Data: data, Index: data.Index ?? position)).OrderBy(static item => item.Index).ToList();
        if (ordered.Count != count || ordered.Where(static (item, position) => item.Index != position).Any())
        {
            throw new TogetherAIInvalidResponseException($"The response does not have one embedding for each of the {count} texts, but {ordered.Count} with other indexes or another count.");
        }

        return new GeneratedEmbeddings<Embedding<float>>(ordered.Select(item => new Embedding<float>(item.Data.Embedding)
        {
            ModelId = response.Model ?? requestedModel,
            AdditionalProperties = AdditionalFields.Add(null, item.Data.AdditionalProperties),
        }))
        {
            Usage = UsageMapping.ToDetails(response.Usage),
            AdditionalProperties = AdditionalFields.Add(null, response.AdditionalProperties),
        };
    }
}
