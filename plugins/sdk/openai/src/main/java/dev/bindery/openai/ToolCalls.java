package dev.bindery.openai;

import dev.bindery.api.ToolCallDelta;
import dev.bindery.http.WellFormedText;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Reads the tool calls of one candidate, whole or in fragments. Servers number them from anywhere,
 * or not at all, repeat their ids or leave them out: here they count from 0, and each has an id and
 * a name in its first fragment.
 */
final class ToolCalls {
    private final List<Call> calls = new ArrayList<>();

    boolean isEmpty() {
        return calls.isEmpty();
    }

    /** The next fragment. */
    ToolCallDelta read(JsonNode fragment) {
        JsonNode function = fragment.path("function");
        String id = fragment.path("id").asString("");
        int upstreamIndex = fragment.path("index").asInt(-1);
        Call call = find(upstreamIndex, id);
        if (call != null) {
            return call.delta(null, null, arguments(function, call), fragment);
        }
        Call begun = new Call(calls.size(), upstreamIndex, id);
        calls.add(begun);
        return begun.delta(
                id.isEmpty() ? "call_" + UUID.randomUUID() : id,
                function.path("name").asString(""),
                arguments(function, begun),
                fragment);
    }

    private @Nullable Call find(int upstreamIndex, String id) {
        if (upstreamIndex >= 0) {
            return calls.stream()
                    .filter(call -> call.upstreamIndex == upstreamIndex)
                    .findFirst()
                    .orElse(null);
        }
        Call last = calls.isEmpty() ? null : calls.getLast();
        return last != null && (id.isEmpty() || id.equals(last.id)) ? last : null;
    }

    /** A text in most servers' answers, an object in some. */
    private static String arguments(JsonNode function, Call call) {
        JsonNode arguments = function.path("arguments");
        if (arguments.isMissingNode() || arguments.isNull()) {
            return "";
        }
        return arguments.isString()
                ? call.text.take(arguments.stringValue())
                : arguments.toString();
    }

    private static final class Call {
        private final int index;
        private final int upstreamIndex;
        private final String id;
        private final WellFormedText text = new WellFormedText();

        Call(int index, int upstreamIndex, String id) {
            this.index = index;
            this.upstreamIndex = upstreamIndex;
            this.id = id;
        }

        /** With what the server attached to the call in this fragment. */
        ToolCallDelta delta(
                @Nullable String id, @Nullable String name, String arguments, JsonNode fragment) {
            ToolCallDelta delta = ToolCallDelta.of(index, id, name, arguments);
            JsonNode extra = fragment.path(ExtraContent.FIELD);
            return extra.isObject()
                    ? delta.withProviderData(ExtraContent.of(ExtraContent.read(extra)))
                    : delta;
        }
    }
}
