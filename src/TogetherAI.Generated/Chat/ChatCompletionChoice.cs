using TogetherAI.Runtime.Contracts;

namespace TogetherAI;

// Completes the generated type: few servers send the choices of another endpoint, or of a stream.
public sealed partial class ChatCompletionChoice
{
    internal void Normalize(string path)
    {
        if (ChoiceForm.SaysSomething(Message))
        {
            return;
        }

        var fields = ((IExtensible)this).Extra;
        var other = ChoiceForm.MessageIn(fields, path);
        if (other is not null && (Message is null || ChoiceForm.SaysSomething(other)))
        {
            other.Role ??= Message?.Role;
            Message = other;
        }

        // Where a message says nothing but what the model thought, the text may be that again.
        if (!string.IsNullOrEmpty(Text) && !ChoiceForm.SaysSomething(Message) && Text != Message?.Reasoning)
        {
            Message ??= new ChatCompletionResponseMessage { Role = ChatCompletionRole.Assistant };
            Message.Content = Text;
        }

        if (Message is null)
        {
            ChoiceForm.RequireKnown(fields, path);
        }
    }
}
