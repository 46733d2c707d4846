/**
 * The binding for servers that speak the OpenAI API.
 *
 * <p>{@link dev.bindery.binding.openai.OpenAiBinding} is its door; the protocol itself is the
 * library's ({@code dev.bindery.openai}), which the settings tell how the server differs from
 * OpenAI. It touches the contract, that library and the shared HTTP library.
 */
@NullMarked
package dev.bindery.binding.openai;

import org.jspecify.annotations.NullMarked;
