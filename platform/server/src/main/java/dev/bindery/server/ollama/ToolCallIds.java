package dev.bindery.server.ollama;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which result belongs to which call of a conversation. Many clients give calls no ids: then a
 * result belongs to the first open call of its tool, or to the first open one. For one thread.
 */
final class ToolCallIds {
    private final List<Call> open = new ArrayList<>();
    private int given;

    private record Call(String id, String name) {}

    /** The id of a call; one of our own where the client has none. */
    String called(@Nullable String id, String name) {
        String known = id == null || id.isEmpty() ? next() : id;
        open.add(new Call(known, name));
        return known;
    }

    /** The id of the call that a result answers. */
    String answered(@Nullable String id, @Nullable String name) {
        if (id != null && !id.isEmpty()) {
            open.removeIf(call -> call.id().equals(id));
            return id;
        }
        Call call =
                open.stream()
                        .filter(each -> each.name().equals(name))
                        .findFirst()
                        .or(() -> open.stream().findFirst())
                        .orElse(null);
        if (call == null) {
            return next();
        }
        open.remove(call);
        return call.id();
    }

    private String next() {
        return "call_" + given++;
    }
}
