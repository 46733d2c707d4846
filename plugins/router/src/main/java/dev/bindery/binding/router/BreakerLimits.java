package dev.bindery.binding.router;

import java.time.Duration;

/**
 * When a target is paused.
 *
 * @param failures how many within the window
 * @param window for how long a failure counts
 * @param pause for how long it is not asked
 */
record BreakerLimits(int failures, Duration window, Duration pause) {}
