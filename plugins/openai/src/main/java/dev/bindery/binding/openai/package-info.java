/**
 * The binding for servers that speak the OpenAI API.
 *
 * <p>{@link dev.bindery.binding.openai.OpenAiBinding} is its door. Requests become JSON in {@code
 * ChatBody}, {@code CompletionBody} and {@code EmbeddingCall}; answers, streamed or whole, go
 * choice by choice through {@code Choices} and come out as operations. It touches the contract, the
 * shared HTTP library and Jackson.
 */
@NullMarked
package dev.bindery.binding.openai;

import org.jspecify.annotations.NullMarked;
