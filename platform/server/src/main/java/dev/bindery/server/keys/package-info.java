/**
 * The API keys of the LLM APIs: how they are made, kept, recognised, and what each may use. Keys
 * themselves are shown once, when they are made; only their hashes are kept. May use {@code files}.
 */
@NullMarked
package dev.bindery.server.keys;

import org.jspecify.annotations.NullMarked;
