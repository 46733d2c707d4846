package dev.bindery.http;

import dev.bindery.api.BindingException;
import java.time.Duration;
import java.util.Optional;

/**
 * A try that failed.
 *
 * @param error what to tell the caller when this was the last one
 * @param repeatable whether the provider has certainly not done, or may do twice, what was asked
 * @param retryAfter how long the provider asks to wait
 */
record Failure(BindingException error, boolean repeatable, Optional<Duration> retryAfter)
        implements Outcome {}
