using NUnit.Framework;
using TogetherAI.Generator.Tests.Support;

namespace TogetherAI.Generator.Tests.Program;

/// <summary>What <c>x-job</c> says wrongly is an error where it stands.</summary>
public sealed class JobTests
{
    private const string Job = "{ '200': { description: D., content: { application/json: { schema: { $ref: '#/components/schemas/Job' } } } } }";
    private const string Lists = "succeeded: [done], failed: [broken]";

    [TestCase("{ status: state, " + Lists + ", error: error }", TestName = "Job_with_an_error_is_written")]
    [TestCase("{ status: state, " + Lists + " }", TestName = "Job_without_an_error_is_written")]
    public void Job_that_agrees_with_its_schema_is_generated(string words)
        => Assert.That(Generation.Of(Document(words, Job)).Written, Is.Not.Null);

    [TestCase("{ status: sttae, " + Lists + " }", 11, "'status' of 'x-job' must name a field of the job. Did you mean 'state'?")]
    [TestCase("{ status: [state], " + Lists + " }", 11, "'status' of 'x-job' must name a field of the job.")]
    [TestCase("{ status: count, " + Lists + " }", 11, "'status' of 'x-job' must name a field that is a string.")]
    [TestCase("{ status: error, " + Lists + " }", 11, "'status' of 'x-job' must name a field that is a string.")]
    [TestCase("{ " + Lists + " }", 1, "'status' of 'x-job' must name a field of the job.")]
    [TestCase("{ status: state, " + Lists + ", error: eror }", 62, "'error' of 'x-job' must name a field of the job. Did you mean 'error'?")]
    [TestCase("{ status: state, " + Lists + ", error: count }", 62, "'error' of 'x-job' must name a field that is a string or an object.")]
    [TestCase("{ status: state, failed: [broken] }", 1, "'succeeded' of 'x-job' must be the list of statuses with which a job ends so.")]
    [TestCase("{ status: state, succeeded: [done] }", 1, "'failed' of 'x-job' must be the list of statuses with which a job ends so.")]
    [TestCase("{ status: state, succeeded: done, failed: [broken] }", 29, "'succeeded' of 'x-job' must be the list of statuses with which a job ends so.")]
    [TestCase("{ status: state, succeeded: [], failed: [broken] }", 29, "'succeeded' of 'x-job' must be the list of statuses with which a job ends so.")]
    [TestCase("{ status: state, succeeded: [1], failed: [broken] }", 29, "'succeeded' of 'x-job' must be the list of statuses with which a job ends so.")]
    [TestCase("{ status: state, succeeded: [done], failed: [broken, done] }", 54, "'done' stands under 'succeeded' and 'failed' of 'x-job'. A job ends with it in one way.")]
    [TestCase("{ status: state, succeeded: [don], failed: [broken] }", 30, "The status has no value 'don'. Did you mean 'done'?")]
    [TestCase("{ status: state, " + Lists + ", eror: error }", 55, "'x-job' has no key 'eror'. Did you mean 'error'? Its keys are status, succeeded, failed, error.")]
    [TestCase("state", 1, "'x-job' must be a map, not a string.")]
    public void Fault_of_a_job_is_an_error_where_it_stands(string words, int column, string sentence)
        => Assert.That($"{Generation.Of(Document(words, Job))}", Is.EqualTo($"api.yaml(5,{column + 47}): error TAI0030: {sentence}"));

    [TestCase("{ '204': { description: D. } }", TestName = "Job_without_a_response")]
    [TestCase("{ '200': { description: D., content: { application/json: { schema: { type: string } } } } }", TestName = "Job_that_is_a_text")]
    [TestCase("{ '200': { description: D., content: { application/json: {} } } }", TestName = "Job_that_may_be_anything")]
    [TestCase("{ '200': { description: D., content: { text/plain: { schema: { type: string } } } } }", TestName = "Job_in_plain_text")]
    public void Job_that_is_no_object_is_an_error(string responses)
        => Assert.That($"{Generation.Of(Document("{ status: state, " + Lists + " }", responses))}", Is.EqualTo("api.yaml(5,48): error TAI0030: 'x-job' belongs to an operation whose response is the job, an object with its status."));

    private static string Document(string words, string responses) => $$"""
        openapi: 3.0.3
        info: { title: T, version: '1' }
        paths:
          '/a':
            get: { tags: [A], operationId: Get, x-job: {{words}}, responses: {{responses}} }
        components:
          schemas:
            Job: { type: object, properties: { state: { type: string, enum: [running, done, broken] }, count: { type: integer, format: int32 }, error: { type: object, properties: { text: { type: string } } } } }
        """;
}
