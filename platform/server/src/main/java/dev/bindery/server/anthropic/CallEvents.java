package dev.bindery.server.anthropic;

import dev.bindery.api.ToolCallDelta;
import dev.bindery.server.json.JsonText;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The calls of a streamed message. Blocks come one after the other here, while the fragments of
 * several calls may come mixed: the arguments of one go out as they come, and those of the next
 * wait until they are complete. For one thread.
 */
final class CallEvents {
    private final BlockEvents blocks;
    private final Map<Integer, Call> waiting = new LinkedHashMap<>();
    private @Nullable Call open;

    CallEvents(BlockEvents blocks) {
        this.blocks = blocks;
    }

    /** A call that has begun, with those of its arguments that were not sent. */
    private static final class Call {
        private final int index;
        private final ObjectEnd end = new ObjectEnd();
        private final StringBuilder unsent = new StringBuilder();
        private String id = "";
        private String name = "";

        private Call(int index) {
            this.index = index;
        }

        private void add(ToolCallDelta more) {
            id = more.id().orElse(id);
            name = more.name().orElse(name);
            unsent.append(more.argumentsFragment());
        }

        private String take() {
            String taken = unsent.toString();
            unsent.setLength(0);
            end.read(taken);
            return taken;
        }
    }

    void add(ToolCallDelta more, JsonText out) {
        if (open != null && open.index == more.index()) {
            open.add(more);
            send(open, out);
            return;
        }
        waiting.computeIfAbsent(more.index(), Call::new).add(more);
        if (open == null || open.end.reached()) {
            sendNext(out);
        }
    }

    /** Sends what waits; after it, another kind of block may come. */
    void end(JsonText out) {
        while (!waiting.isEmpty()) {
            sendNext(out);
        }
        open = null;
    }

    private void sendNext(JsonText out) {
        Iterator<Call> calls = waiting.values().iterator();
        Call next = calls.next();
        calls.remove();
        open = next;
        blocks.startCall(next.id, next.name, out);
        send(next, out);
    }

    private void send(Call call, JsonText out) {
        String arguments = call.take();
        if (!arguments.isEmpty()) {
            blocks.input(arguments, out);
        }
        if (call.end.reached() && !waiting.isEmpty()) {
            sendNext(out);
        }
    }
}
