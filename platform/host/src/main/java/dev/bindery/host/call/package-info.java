/**
 * Calls into bindings: leases that a swap waits for, places and queues, threads, time limits,
 * cancellation, the bounded way of an answer from the binding's thread to the caller's, and the
 * router that leads a model's name to the instance that serves it. May use {@code presence} and
 * {@code notification}.
 */
@NullMarked
package dev.bindery.host.call;

import org.jspecify.annotations.NullMarked;
