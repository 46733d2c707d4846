package dev.bindery.host.instance;

import dev.bindery.api.JsonObject;
import dev.bindery.host.Limits;
import java.time.Duration;
import java.util.Optional;

/** The limits of an instance: what is configured, over the defaults. */
public final class LimitsOf {
    private LimitsOf() {}

    /**
     * @param given by name: concurrency, queue, first_token_s, idle_s, total_s, unload_after_s,
     *     retries
     * @param concurrency the card's
     */
    public static Limits config(JsonObject given, int concurrency) {
        int most = (int) given.whole("concurrency").orElse(concurrency);
        Limits usual = Limits.defaults(most);
        return new Limits(
                most,
                (int) given.whole("queue").orElse(usual.queue()),
                seconds(given, "first_token_s", usual.firstToken()),
                seconds(given, "idle_s", usual.idle()),
                seconds(given, "total_s", usual.total()),
                given.whole("unload_after_s").isPresent()
                        ? Optional.of(seconds(given, "unload_after_s", Duration.ZERO))
                        : usual.unloadAfter(),
                (int) given.whole("retries").orElse(usual.retries()));
    }

    private static Duration seconds(JsonObject given, String name, Duration usual) {
        return Duration.ofSeconds(given.whole(name).orElse(usual.toSeconds()));
    }
}
