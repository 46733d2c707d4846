/**
 * Anthropic's API: messages, token counts, models. Reads its requests into the contract's, and
 * writes the contract's answers as its clients expect them; what every API needs lives in {@code
 * answer}. May use the host's door, {@code http}, {@code json} and {@code answer}.
 */
@NullMarked
package dev.bindery.server.anthropic;

import org.jspecify.annotations.NullMarked;
