/**
 * What providers attached to answers with tool calls, kept for clients that drop it and put back by
 * the calls' ids. Knows no API: it sees requests and answers in the contract's form. May use the
 * host's door, {@code http} for who asks, {@code keys} and {@code options}.
 */
@NullMarked
package dev.bindery.server.recall;

import org.jspecify.annotations.NullMarked;
