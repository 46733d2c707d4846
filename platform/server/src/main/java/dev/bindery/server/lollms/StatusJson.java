package dev.bindery.server.lollms;

import dev.bindery.server.json.JsonText;

/** The answer of endpoints that have little to say: {@code {"status":true}}. */
final class StatusJson {
    private StatusJson() {}

    static byte[] of(boolean status) {
        return new JsonText().beginObject().field("status").flag(status).endObject().toBytes();
    }
}
