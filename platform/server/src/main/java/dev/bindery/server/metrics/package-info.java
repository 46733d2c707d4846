/**
 * Figures of the host in Prometheus' form: what requests and calls took, by the names of
 * OpenTelemetry's conventions for generative AI, and how bindings, instances and the JVM are. The
 * one room that knows Micrometer, which is loaded with the first call or scrape. May use {@code
 * http}, {@code account} and the host's door.
 */
@NullMarked
package dev.bindery.server.metrics;

import org.jspecify.annotations.NullMarked;
