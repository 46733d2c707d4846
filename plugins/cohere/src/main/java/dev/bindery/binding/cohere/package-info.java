/**
 * The binding for Cohere's API: chat and embeddings of version 2, models and tokens of version 1,
 * as cohere-openapi.yaml in cohere-ai/cohere-developer-experience and the guides at docs.cohere.com
 * (streaming, tool use, reasoning, citations) describe them.
 *
 * <p>{@link dev.bindery.binding.cohere.CohereBinding} is its door. {@code ChatBody} and what it
 * calls write requests, {@code ChatAnswer} and what it calls read answers; the calls between them
 * are one class each. It touches the contract and the shared HTTP library.
 */
@NullMarked
package dev.bindery.binding.cohere;

import org.jspecify.annotations.NullMarked;
