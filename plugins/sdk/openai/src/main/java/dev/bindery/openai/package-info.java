/**
 * OpenAI's protocol from a client's side, for every binding that speaks it: with OpenAI, with the
 * many servers that speak like it, with local ones.
 *
 * <p>{@link dev.bindery.openai.OpenAiClient} is its door; how a server differs from OpenAI is said
 * in {@link dev.bindery.openai.OpenAiOptions}. Requests become JSON in {@code ChatBody}, {@code
 * CompletionBody} and {@code EmbeddingCall}; answers, streamed or whole, go choice by choice
 * through {@code Choices} and come out as operations. It touches the contract, the shared HTTP
 * library and Jackson, and travels inside the jars of the bindings.
 *
 * <p>Source of the protocol: OpenAI's API reference, https://platform.openai.com/docs/api-reference
 */
@NullMarked
package dev.bindery.openai;

import org.jspecify.annotations.NullMarked;
