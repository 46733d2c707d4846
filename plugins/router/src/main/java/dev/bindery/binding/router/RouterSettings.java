package dev.bindery.binding.router;

import dev.bindery.api.JsonObject;
import java.time.Duration;
import java.util.List;

/** The settings as the card has them. */
record RouterSettings(
        JsonObject routes,
        List<String> fallbackOn,
        int firstTokenS,
        int targetRetries,
        int breakerFailures,
        int breakerWindowS,
        int breakerPauseS) {
    Duration firstToken() {
        return Duration.ofSeconds(firstTokenS);
    }

    BreakerLimits breaker() {
        return new BreakerLimits(
                breakerFailures,
                Duration.ofSeconds(breakerWindowS),
                Duration.ofSeconds(breakerPauseS));
    }
}
