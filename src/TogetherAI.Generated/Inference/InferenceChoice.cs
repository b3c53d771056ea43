using TogetherAI.Runtime.Contracts;

namespace TogetherAI;

// Completes the generated type: few servers send the choices of a chat, or of a stream.
public sealed partial class InferenceChoice
{
    internal void Normalize(string path)
    {
        if (string.IsNullOrEmpty(Text) && ChoiceForm.MessageIn(((IExtensible)this).Extra, path) is { } message)
        {
            Text = message.Content ?? Text;
        }
    }
}
