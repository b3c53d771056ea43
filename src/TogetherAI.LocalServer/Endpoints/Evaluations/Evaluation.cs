using TogetherAI.LocalServer.Http;
using TogetherAI.LocalServer.Text;

namespace TogetherAI.LocalServer.Endpoints.Evaluations;

/// <summary>Evaluates texts without a model: the result of a line follows from its text, the same each time.</summary>
internal abstract class Evaluation
{
    private const uint Percent = 101;

    /// <summary>The evaluation of a type with the parameters of a request.</summary>
    public static Evaluation Create(string type, EvaluationParameters parameters) => type switch
    {
        "classify" => new Classification([.. parameters.Labels!], [.. parameters.PassLabels!]),
        "score" => new Scoring(parameters.MinScore!.Value, parameters.MaxScore!.Value, parameters.PassThreshold!.Value),
        _ => new Comparison(),
    };

    /// <summary>Evaluates a line, and says its result as JSON.</summary>
    public abstract string Evaluate(string line);

    /// <summary>The results of all lines.</summary>
    public abstract EvaluationResults Results(string resultFileId);

    private static string Result(string name, object value) => ObjectJson.Text(new Dictionary<string, object> { [name] = value });

    private static double Share(long part, long whole) => whole == 0 ? 0 : 100.0 * part / whole;

    private sealed class Classification(string[] labels, string[] passLabels) : Evaluation
    {
        private readonly Dictionary<string, long> _counts = labels.Distinct().ToDictionary(static label => label, static _ => 0L);

        public override string Evaluate(string line)
        {
            var label = labels[StableHash.Of(line) % (uint)labels.Length];
            _counts[label]++;
            return Result("label", label);
        }

        public override EvaluationResults Results(string resultFileId) => new()
        {
            GenerationFailCount = 0,
            JudgeFailCount = 0,
            InvalidLabelCount = 0,
            ResultFileId = resultFileId,
            PassPercentage = Share(_counts.Where(count => passLabels.Contains(count.Key)).Sum(static count => count.Value), _counts.Values.Sum()),
            LabelCounts = ObjectJson.Text(_counts),
        };
    }

    private sealed class Scoring(double min, double max, double threshold) : Evaluation
    {
        private long _count;
        private long _passed;
        private double _sum;
        private double _squares;

        public override string Evaluate(string line)
        {
            var score = Math.Round(min + ((max - min) * (StableHash.Of(line) % Percent) / (Percent - 1)), 2);
            _count++;
            _passed += score >= threshold ? 1 : 0;
            _sum += score;
            _squares += score * score;
            return Result("score", score);
        }

        public override EvaluationResults Results(string resultFileId)
        {
            var mean = _count == 0 ? 0 : _sum / _count;
            return new EvaluationResults
            {
                AggregatedScores = new EvaluationScores
                {
                    MeanScore = mean,
                    StandardDeviation = _count == 0 ? 0 : Math.Sqrt(Math.Max(0, (_squares / _count) - (mean * mean))),
                    PassPercentage = Share(_passed, _count),
                },
                GenerationFailCount = 0,
                JudgeFailCount = 0,
                InvalidScoreCount = 0,
                FailedSamples = 0,
                ResultFileId = resultFileId,
            };
        }
    }

    private sealed class Comparison : Evaluation
    {
        private static readonly string[] Outcomes = ["A", "B", "Tie"];

        private readonly long[] _counts = new long[Outcomes.Length];

        public override string Evaluate(string line)
        {
            var outcome = StableHash.Of(line) % (uint)Outcomes.Length;
            _counts[outcome]++;
            return Result("winner", Outcomes[outcome]);
        }

        public override EvaluationResults Results(string resultFileId) => new()
        {
            SampleCount = _counts.Sum(),
            FirstModelWins = _counts[0],
            SecondModelWins = _counts[1],
            Ties = _counts[2],
            GenerationFailCount = 0,
            JudgeFailCount = 0,
            ResultFileId = resultFileId,
        };
    }
}
