namespace TogetherAI.Generator.Documents;

/// <summary>A step between the document as it was written and the form that NSwag reads: it checks, or it changes.</summary>
internal interface IStep
{
    /// <summary>Runs the step. What is wrong goes to the document's faults; a step never throws for what a document says.</summary>
    void Run(ApiDocument document);
}
