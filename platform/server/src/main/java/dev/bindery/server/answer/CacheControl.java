package dev.bindery.server.answer;

import dev.bindery.api.CacheHint;
import dev.bindery.server.json.Element;
import dev.bindery.server.json.Fields;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Reads the wish that the conversation up to a block is cached: Anthropic's form, which clients of
 * OpenAI's API send as well to models of its.
 */
public final class CacheControl {
    private CacheControl() {}

    public static @Nullable CacheHint read(Fields block) {
        Fields control = block.object("cache_control");
        if (control == null) {
            return null;
        }
        Element type = control.required("type");
        if (!type.text().equals("ephemeral")) {
            throw type.wrong("ephemeral");
        }
        Element time = control.element("ttl");
        return time == null ? CacheHint.usual() : CacheHint.of(duration(time));
    }

    private static Duration duration(Element time) {
        return switch (time.text()) {
            case "5m" -> Duration.ofMinutes(5);
            case "1h" -> Duration.ofHours(1);
            default -> throw time.wrong("5m or 1h");
        };
    }
}
