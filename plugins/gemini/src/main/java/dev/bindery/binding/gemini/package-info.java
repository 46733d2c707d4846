/**
 * The binding for Google's Gemini API, in its own form: {@code v1beta} as described at
 * ai.google.dev/api (generate content, tokens, embeddings, models) and in the guides on function
 * calling, thinking and thought signatures; field names as in googleapis/go-genai {@code types.go}.
 *
 * <p>{@link dev.bindery.binding.gemini.GeminiBinding} is its door. {@code RequestBody} and what it
 * calls write requests, {@code Candidates} and what it calls read answers; the calls between them
 * are one class each. It touches the contract and the shared HTTP library.
 */
@NullMarked
package dev.bindery.binding.gemini;

import org.jspecify.annotations.NullMarked;
