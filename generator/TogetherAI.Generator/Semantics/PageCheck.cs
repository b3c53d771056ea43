using TogetherAI.Generator.Documents;
using TogetherAI.Generator.Faults;
using TogetherAI.Generator.Lifting;
using TogetherAI.Generator.Nodes;
using TogetherAI.Generator.Shapes;
using TogetherAI.Generator.Specification;

namespace TogetherAI.Generator.Semantics;

/// <summary>What <c>x-pages</c> says agrees with the parameters and the response, which are objects by now.</summary>
internal sealed class PageCheck : IStep
{
    private static readonly string[] Words = ["cursor", "next", "more", "items"];

    public void Run(ApiDocument document)
    {
        foreach (var operation in document.Operations)
        {
            if (operation.Node[Pages.Word] is MapNode pages)
            {
                Check(document, operation, pages);
            }
        }
    }

    private static void Check(ApiDocument document, Operation operation, MapNode pages)
    {
        foreach (var entry in pages.Entries)
        {
            if (!Words.Contains(entry.Key) || entry.Value is not ScalarNode { IsText: true })
            {
                document.Faults.Add(Codes.Pages, entry.KeyPlace, $"'{Pages.Word}' has no '{entry.Key}' with such a value. Its keys, whose values are strings, are {string.Join(", ", Words)}.");
                return;
            }
        }

        if (pages["cursor"] is not ScalarNode cursor || pages["next"] is not ScalarNode next)
        {
            document.Faults.Add(Codes.Pages, pages.Place, $"'{Pages.Word}' needs 'cursor', the parameter that takes the cursor, and 'next', the field of the response that has the next one.");
            return;
        }

        if (Pages.ParameterOf(operation, cursor.Text) is not { } parameter)
        {
            var names = ParameterObjects.FieldsOf(operation).Select(static field => field.Parameter).Where(static known => known.In == "query").Select(static known => known.Name);
            document.Faults.Add(Codes.Pages, cursor.Place, $"'{cursor.Text}' is no parameter of the query of {operation}.{Suggestion.For(cursor.Text, names)}");
            return;
        }

        if (parameter.Node.IsTrue("required"))
        {
            document.Faults.Add(Codes.Pages, cursor.Place, $"The parameter '{cursor.Text}' is required, but the first page has no cursor. Make it optional.");
        }

        var taken = Shape.Of(document, parameter.Schema);
        if (taken.Kind is not (ShapeKind.Text or ShapeKind.Integer))
        {
            document.Faults.Add(Codes.Pages, cursor.Place, $"The parameter '{cursor.Text}' is neither a string nor an integer.");
        }
        else if (Require(document, operation, next, static shape => shape.Kind is ShapeKind.Text or ShapeKind.Integer, "a string or an integer") is { } given
            && (given.Kind != taken.Kind || (given.Kind == ShapeKind.Integer && Pages.IsSmall(given) != Pages.IsSmall(taken))))
        {
            document.Faults.Add(Codes.Pages, next.Place, $"The field '{next.Text}' is of another type than the parameter '{cursor.Text}', which takes its value.");
        }

        if (pages["more"] is ScalarNode more)
        {
            Require(document, operation, more, static shape => shape.Kind == ShapeKind.Boolean, "a boolean");
        }

        var items = pages["items"] as ScalarNode ?? ScalarNode.FromText(ListResponses.Data, pages.Place);
        if (Require(document, operation, items, static shape => shape.Kind == ShapeKind.List, "a list") is { } list && Pages.TypeOf(document, list.Items, static name => name) is null)
        {
            document.Faults.Add(Codes.Pages, items.Place, $"The items of '{items.Text}' are neither objects nor single values.");
        }
    }

    private static Shape? Require(ApiDocument document, Operation operation, ScalarNode path, Func<Shape, bool> isMeant, string what)
    {
        var field = Pages.Follow(document, operation, path.Text).LastOrDefault();
        if (field.Node is not null && Shape.Of(document, field.Node) is { } shape && isMeant(shape))
        {
            return shape;
        }

        document.Faults.Add(Codes.Pages, path.Place, $"The response of {operation} has no field '{path.Text}' that is {what}.");
        return null;
    }
}
