using TogetherAI.Runtime.Contracts;

namespace TogetherAI;

// Completes the generated type: few servers send the choices of a chat, or of a stream.
public sealed partial class CompletionChoice
{
    internal void Normalize(string path)
    {
        var fields = ((IExtensible)this).Extra;
        if (string.IsNullOrEmpty(Text) && ChoiceForm.MessageIn(fields, path) is { } message)
        {
            Text = message.Content ?? Text;
        }
        else if (Text is null)
        {
            ChoiceForm.RequireKnown(fields, path);
        }
    }
}
