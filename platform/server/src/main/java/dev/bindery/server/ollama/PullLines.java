package dev.bindery.server.ollama;

import dev.bindery.api.Progress;
import dev.bindery.server.answer.ProgressForm;
import dev.bindery.server.http.Refusal;
import dev.bindery.server.json.JsonText;

/** The progress of a pull as Ollama tells it. For one thread at a time. */
final class PullLines implements ProgressForm {
    private static final String BEGINNING = "pulling manifest";

    private final String digest;
    private boolean begun;

    /**
     * @param model clients draw one bar for each digest; a pull has one
     */
    PullLines(String model) {
        this.digest = "sha256:" + Digests.of(model);
    }

    static byte[] success() {
        JsonText out = new JsonText();
        status("success", out);
        return out.toBytes();
    }

    @Override
    public void progress(Progress progress, JsonText out) {
        begun = begun || progress.status().equals(BEGINNING);
        begin(out);
        out.beginObject().field("status").text(progress.status());
        progress.total()
                .ifPresent(total -> {
                    out.field("digest").text(digest).field("total").number(total);
                    out.field("completed").number(progress.completed());
                });
        out.endObject();
    }

    @Override
    public void success(JsonText out) {
        begin(out);
        status("success", out);
    }

    @Override
    public void failure(Refusal refusal, JsonText out) {
        OllamaErrors.write(refusal, out);
    }

    private void begin(JsonText out) {
        if (!begun) {
            begun = true;
            status(BEGINNING, out);
            out.raw(new byte[] {'\n'});
        }
    }

    private static void status(String status, JsonText out) {
        out.beginObject().field("status").text(status).endObject();
    }
}
