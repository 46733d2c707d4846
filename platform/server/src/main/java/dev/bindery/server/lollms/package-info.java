/**
 * The API of the LoLLMs server, as far as it concerns bindings and generation. Reads its requests
 * into the contract's, and writes the contract's answers as text, or operation by operation. May
 * use the host's door, {@code http}, {@code json} and {@code answer}.
 */
@NullMarked
package dev.bindery.server.lollms;

import org.jspecify.annotations.NullMarked;
