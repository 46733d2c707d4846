package dev.bindery.server.metrics;

import java.time.Duration;
import java.util.stream.DoubleStream;

/** The limits of histograms' buckets, as OpenTelemetry's conventions advise them. */
final class Buckets {
    static final Duration[] DURATION =
            seconds(
                    0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28, 2.56, 5.12, 10.24, 20.48, 40.96,
                    81.92);
    static final Duration[] TO_FIRST_TOKEN =
            seconds(
                    0.001, 0.005, 0.01, 0.02, 0.04, 0.06, 0.08, 0.1, 0.25, 0.5, 0.75, 1.0, 2.5, 5.0,
                    7.5, 10.0);
    static final Duration[] PER_TOKEN =
            seconds(0.01, 0.025, 0.05, 0.075, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.75, 1.0, 2.5);

    /** From 1 to 4^13. */
    static final double[] TOKENS = DoubleStream.iterate(1, limit -> 4 * limit).limit(14).toArray();

    private Buckets() {}

    private static Duration[] seconds(double... limits) {
        return DoubleStream.of(limits)
                .mapToObj(limit -> Duration.ofNanos(Math.round(limit * 1e9)))
                .toArray(Duration[]::new);
    }
}
