namespace TogetherAI.Samples.Web;

/// <summary>A page that shows an answer while it arrives.</summary>
internal static class Page
{
    public const string Html = """
        <!doctype html>
        <html lang="en">
        <head><meta charset="utf-8"><title>Ask a model</title></head>
        <body>
          <form id="form"><label>Question <input id="question" value="Tell me 60 words about the sky." size="60"></label> <button>Ask</button></form>
          <p id="answer" aria-live="polite"></p>
          <p id="state"></p>
          <script>
            const form = document.getElementById('form'), answer = document.getElementById('answer'), state = document.getElementById('state');
            let events;
            form.addEventListener('submit', submitted => {
              submitted.preventDefault();
              events?.close();
              answer.textContent = '';
              state.textContent = 'asking';
              events = new EventSource('/ask?question=' + encodeURIComponent(document.getElementById('question').value));
              events.onmessage = message => { state.textContent = 'answering'; answer.textContent += message.data; };
              events.addEventListener('done', () => { events.close(); state.textContent = 'done'; });
              events.addEventListener('failed', message => { events.close(); state.textContent = message.data; });
              events.onerror = () => { events.close(); state.textContent = 'The connection was lost.'; };
            });
          </script>
        </body>
        </html>
        """;
}
