/**
 * The binding for a remote LoLLMs server.
 *
 * <p>{@link dev.bindery.binding.lollms.LollmsBinding} is its door. {@code WrittenPrompt} turns a
 * conversation into the text that LoLLMs takes; {@code GenerationCall} reads the answer in the form
 * that the server chose: bare text, one JSON value, or, from another Bindery, the operations
 * themselves. It touches the contract, the shared HTTP library and Jackson.
 *
 * <p>Source of the protocol: the endpoints of https://github.com/ParisNeo/lollms and the section
 * LoLLMs of platform/server/README.md.
 */
@NullMarked
package dev.bindery.binding.lollms;

import org.jspecify.annotations.NullMarked;
