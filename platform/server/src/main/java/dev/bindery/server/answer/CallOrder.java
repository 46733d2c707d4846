package dev.bindery.server.answer;

import dev.bindery.api.ErrorCode;
import dev.bindery.api.Operation;
import dev.bindery.api.ToolCallDelta;
import dev.bindery.server.http.Refusal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Puts what is told of one candidate into an order in which a tool call is whole before anything
 * else begins. Models may mix the fragments of several calls, and some clients cannot join them:
 * those of the first go on as they come, and whatever else comes waits until its arguments are
 * complete. For one thread.
 */
final class CallOrder {
    /** How much may wait, in characters. */
    static final long MOST_WAITING = 1 << 20;

    private static final long WEIGHT = 256;

    private final Set<Integer> over = new HashSet<>();
    private @Nullable Integer open;
    private ObjectEnd end = new ObjectEnd();
    private List<Operation> later = new ArrayList<>();
    private long waiting;

    /**
     * Hands on what can be told now.
     *
     * @throws Refusal when too much waits, or a call goes on that was over
     */
    void on(Operation operation, Consumer<Operation> out) {
        take(operation, out);
        takeLater(out);
    }

    /** Hands on all that waits; a call that is not complete by now will not be. */
    void finish(Consumer<Operation> out) {
        close();
        while (!later.isEmpty()) {
            takeLater(out);
            close();
        }
    }

    private void takeLater(Consumer<Operation> out) {
        while (!later.isEmpty() && !isBusy()) {
            List<Operation> next = later;
            later = new ArrayList<>();
            waiting = 0;
            next.forEach(operation -> take(operation, out));
        }
    }

    private void take(Operation operation, Consumer<Operation> out) {
        ToolCallDelta call = operation.toolCall().orElse(null);
        if (call != null && open != null && call.index() == open) {
            read(call);
            out.accept(operation);
        } else if (!hasPlace(operation)) {
            out.accept(operation);
        } else if (isBusy() || !later.isEmpty()) {
            keep(operation);
        } else {
            close();
            if (call == null || begins(call)) {
                out.accept(operation);
            }
        }
    }

    /** Whether it matters to the answer where it stands. */
    private static boolean hasPlace(Operation operation) {
        return switch (operation.type().name()) {
            case "ADD_CHUNK" -> !operation.text().isEmpty();
            case "NEW_LINE",
                    "REPLACE_LAST",
                    "SET_CONTENT",
                    "SET_CONTENT_INVISIBLE_TO_AI",
                    "REASONING",
                    "TOOL_CALL",
                    "REF",
                    "JSON_INFOS" ->
                    true;
            default -> false;
        };
    }

    private void read(ToolCallDelta more) {
        end.read(more.argumentsFragment());
    }

    private boolean begins(ToolCallDelta call) {
        if (over.contains(call.index())) {
            if (call.argumentsFragment().isBlank()) {
                return false;
            }
            throw broken("went on with a tool call that was complete");
        }
        open = call.index();
        end = new ObjectEnd();
        read(call);
        return true;
    }

    private void keep(Operation operation) {
        int arguments =
                operation.toolCall().map(call -> call.argumentsFragment().length()).orElse(0);
        waiting += WEIGHT + operation.text().length() + arguments;
        if (waiting > MOST_WAITING) {
            throw broken(
                    "mixed its tool calls with so much else that it cannot be put in order; ask for the answer without stream");
        }
        later.add(operation);
    }

    private void close() {
        if (open != null) {
            over.add(open);
            open = null;
        }
    }

    private boolean isBusy() {
        return open != null && !end.reached();
    }

    private static Refusal broken(String what) {
        return Refusal.of(502, ErrorCode.UPSTREAM_ERROR.name(), "the model " + what);
    }
}
