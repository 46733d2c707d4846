package dev.bindery.server.answer;

import dev.bindery.api.Progress;
import dev.bindery.server.http.Refusal;
import dev.bindery.server.json.JsonText;

/** How one API tells the progress of long work: each method writes one line, without its end. */
public interface ProgressForm {
    void progress(Progress progress, JsonText out);

    /** The work is done; nothing follows. */
    void success(JsonText out);

    /** The work has failed after progress had been told; nothing follows. */
    void failure(Refusal refusal, JsonText out);
}
