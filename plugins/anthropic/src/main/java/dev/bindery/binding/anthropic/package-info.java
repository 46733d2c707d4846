/**
 * The binding for servers that speak Anthropic's Messages API.
 *
 * <p>{@link dev.bindery.binding.anthropic.AnthropicBinding} is its door. What goes out is written
 * by {@code MessageBody} with {@code Conversation}, {@code BlockWriter}, {@code ToolFields} and
 * {@code ThinkingFields}; what comes in is read by {@code IncomingMessage}, a {@code Block} for
 * each content block. It touches the contract and the shared HTTP library.
 */
@NullMarked
package dev.bindery.binding.anthropic;

import org.jspecify.annotations.NullMarked;
