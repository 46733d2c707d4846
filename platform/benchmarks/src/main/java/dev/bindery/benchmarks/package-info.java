/**
 * Measures what is claimed about speed and memory, on an assembled distribution. {@code subject}
 * has the processes that are measured, {@code upstream} the server behind them, {@code client} the
 * one that asks, {@code probe} a binding that reports back, {@code measure} the measurements,
 * {@code report} what comes out; {@code micro} is JMH and stands alone.
 */
@NullMarked
package dev.bindery.benchmarks;

import org.jspecify.annotations.NullMarked;
