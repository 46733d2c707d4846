package dev.bindery.server.recall;

import dev.bindery.api.ToolCallPart;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Whether a client sends a model's calls as they were made; clients write their JSON anew. */
final class SameCalls {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private SameCalls() {}

    static boolean are(List<ToolCallPart> made, List<ToolCallPart> sent) {
        if (made.size() != sent.size()) {
            return false;
        }
        for (int i = 0; i < made.size(); i++) {
            if (!isSame(made.get(i), sent.get(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isSame(ToolCallPart made, ToolCallPart sent) {
        return made.id().equals(sent.id())
                && made.name().equals(sent.name())
                && sameArguments(object(made.arguments()), object(sent.arguments()));
    }

    /** No arguments are an empty object to many clients. */
    private static String object(String arguments) {
        return arguments.isBlank() ? "{}" : arguments;
    }

    private static boolean sameArguments(String made, String sent) {
        if (made.equals(sent)) {
            return true;
        }
        try {
            return JSON.readTree(made).equals(SameCalls::compare, JSON.readTree(sent));
        } catch (JacksonException _) {
            return false;
        }
    }

    /** A number is the same with and without a fraction of zero. */
    private static int compare(JsonNode made, JsonNode sent) {
        boolean numbers = made.isNumber() && sent.isNumber();
        boolean same = numbers ? made.asDouble() == sent.asDouble() : made.equals(sent);
        return same ? 0 : 1;
    }
}
