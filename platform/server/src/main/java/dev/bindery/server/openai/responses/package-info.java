/**
 * OpenAI's Responses API, without anything that would be stored: answers as a list of items, whole
 * or as a stream of typed events. May use the host's door, {@code http}, {@code json}, {@code
 * answer} and what {@code openai} has for both: its errors, and the choice among tools.
 */
@NullMarked
package dev.bindery.server.openai.responses;

import org.jspecify.annotations.NullMarked;
