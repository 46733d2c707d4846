package dev.bindery.distribution.clients;

import java.util.List;
import tools.jackson.databind.JsonNode;

/** A client as its users have it. What fails is thrown, as whatever the client makes of it. */
interface ChatClient extends AutoCloseable {
    /** Tokens of an answer at the most. */
    int MOST = 24;

    /** What two tools say. */
    String SUNNY = "sunny";

    String NOON = "noon";

    /**
     * An answer.
     *
     * @param cut whether it ended at its limit
     */
    record Said(String text, boolean cut, long inputTokens, long outputTokens) {}

    /** A call of a tool. */
    record Called(String name, JsonNode arguments) {}

    /** The tools that were called, and what the model made of their results. */
    record Worked(List<Called> calls, String text) {}

    Said ask(String model, String text, boolean streamed) throws Exception;

    /** Offers the tools {@code weather} and {@code time}, and sends back what they say. */
    Worked work(String model, String text, boolean streamed) throws Exception;

    /** Begins a long answer, and leaves when its first piece is there. */
    void leave(String model, String text) throws Exception;

    /** What a tool says. */
    static String result(String tool) {
        return tool.equals("weather") ? SUNNY : NOON;
    }

    /** Whether it passes on why a server refuses. */
    default boolean tellsWhy() {
        return true;
    }

    @Override
    default void close() {}
}
