/**
 * The binding for Amazon Bedrock.
 *
 * <p>{@link dev.bindery.binding.bedrock.BedrockBinding} is its door. What goes out is written by
 * {@code ConverseBody} with {@code Conversation}, {@code BlockWriter} and {@code ModelFields}, and
 * signed by {@code Signature}; what comes in is framed by {@code EventFrames} and read by {@code
 * IncomingMessage}. It touches the contract, the shared HTTP library, and of AWS's SDK the signer
 * and the framing.
 */
@NullMarked
package dev.bindery.binding.bedrock;

import org.jspecify.annotations.NullMarked;
