/**
 * The binding for Ollama's own protocol.
 *
 * <p>{@link dev.bindery.binding.ollama.OllamaBinding} is its door. Requests become JSON in {@code
 * GenerationBody} and {@code EmbeddingCall}; the lines of an answer come out as operations of
 * {@code AnswerReader}; {@code ModelCatalogue} and {@code ModelStore} know which models there are,
 * load, free, fetch and delete them. It touches the contract, the shared HTTP library and Jackson.
 *
 * <p>Source of the protocol: Ollama's API reference, https://docs.ollama.com/api, and the answers
 * of a server of version 0.24.0.
 */
@NullMarked
package dev.bindery.binding.ollama;

import org.jspecify.annotations.NullMarked;
