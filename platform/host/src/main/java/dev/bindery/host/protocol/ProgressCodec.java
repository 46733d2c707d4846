package dev.bindery.host.protocol;

import dev.bindery.api.Progress;
import tools.jackson.databind.node.ObjectNode;

/** How far long work is. */
public final class ProgressCodec {
    private ProgressCodec() {}

    public static ObjectNode encode(Progress progress) {
        return new WireObject()
                .text("status", progress.status())
                .whole("completed", progress.completed())
                .whole("total", progress.total())
                .node();
    }

    public static Progress decode(WireReader wire) {
        return new Progress(
                wire.textIf("status").orElse(""),
                wire.wholeIf("completed").orElse(0),
                wire.wholeIf("total"));
    }
}
