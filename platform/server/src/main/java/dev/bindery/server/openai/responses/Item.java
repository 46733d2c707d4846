package dev.bindery.server.openai.responses;

import dev.bindery.server.json.JsonText;

/** One item of an answer, as it stands. */
interface Item {
    String id();

    /**
     * @param status in_progress, completed or incomplete
     */
    void write(String status, JsonText out);
}
