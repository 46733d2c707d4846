package dev.bindery.distribution;

import java.time.Duration;
import java.util.Optional;

/** Whether tests go on for as long as a soak takes, or only for a moment. */
public final class Soak {
    private Soak() {}

    /** How long each kind of load lasts; absent for as long as it takes to see something. */
    public static Optional<Duration> time() {
        return Optional.of(System.getProperty("soak.time", ""))
                .filter(time -> !time.isEmpty())
                .map(Duration::parse);
    }

    /** How often something is done. */
    public static int times(String property, int otherwise) {
        String given = System.getProperty(property, "");
        return given.isEmpty() ? otherwise : Integer.parseInt(given);
    }
}
