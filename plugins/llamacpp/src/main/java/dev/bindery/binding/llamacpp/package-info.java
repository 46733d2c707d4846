/**
 * GGUF models through llama.cpp. {@link dev.bindery.binding.llamacpp.LlamaCppBinding} is what the
 * host sees; {@code ModelShelf} knows the models on disk, {@code Pulls} fetches them by the {@code
 * Catalogue} or from a {@code Hub}, {@code Engines} those in memory, an {@code Opening} how one
 * gets there and {@code MemoryCheck} whether it may, an {@code Engine} is one of them, and a {@code
 * Generation} one answer. Only {@code Llama} and what it is made of ({@code NativeLibrary}, {@code
 * NativeMemory}) touch native code.
 */
@NullMarked
package dev.bindery.binding.llamacpp;

import org.jspecify.annotations.NullMarked;
