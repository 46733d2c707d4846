package dev.bindery.server.admin;

import dev.bindery.api.Progress;
import dev.bindery.server.answer.ProgressForm;
import dev.bindery.server.http.Refusal;
import dev.bindery.server.json.JsonText;

/** The progress of a pull as the admin API tells it. */
final class PullLines implements ProgressForm {
    @Override
    public void progress(Progress progress, JsonText out) {
        out.beginObject().field("status").text(progress.status());
        out.field("completed").number(progress.completed());
        progress.total().ifPresent(total -> out.field("total").number(total));
        out.endObject();
    }

    @Override
    public void success(JsonText out) {
        out.beginObject().field("status").text("success").endObject();
    }

    @Override
    public void failure(Refusal refusal, JsonText out) {
        AdminErrors.write(refusal, out);
    }
}
