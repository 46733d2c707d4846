package dev.bindery.server.ollama;

import dev.bindery.api.ToolCallDelta;
import dev.bindery.api.ToolCallPart;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Tool calls on their way: this API sends them whole. For one thread. */
final class ToolCallFragments {
    private final Map<Integer, Call> calls = new TreeMap<>();

    private static final class Call {
        private String id = "";
        private String name = "";
        private final StringBuilder arguments = new StringBuilder();

        void add(ToolCallDelta more) {
            id = more.id().orElse(id);
            name = more.name().orElse(name);
            arguments.append(more.argumentsFragment());
        }
    }

    void add(ToolCallDelta more) {
        calls.computeIfAbsent(more.index(), _ -> new Call()).add(more);
    }

    /** All calls, in their order. */
    List<ToolCallPart> whole() {
        List<ToolCallPart> whole = new ArrayList<>();
        calls.values()
                .forEach(call ->
                        whole.add(ToolCallPart.of(call.id, call.name, call.arguments.toString())));
        return whole;
    }
}
