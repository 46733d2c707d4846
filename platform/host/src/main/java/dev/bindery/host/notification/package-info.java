/**
 * What happened, told to whoever listens: the log, subscribers, and Felix's EventAdmin. Called from
 * every room; may use {@code document} to keep its numbers.
 */
@NullMarked
package dev.bindery.host.notification;

import org.jspecify.annotations.NullMarked;
