/**
 * Embeddings with the sentence transformer that lies inside the jar.
 *
 * <p>{@link dev.bindery.binding.minilm.MiniLmBinding} is its door. {@code NativeLibraries} prepares
 * what the libraries unpack and load, {@code SentenceModel} runs the model, {@code Sentences} turns
 * the texts of a request into vectors. It touches the contract, ONNX Runtime and the tokenizer.
 */
@NullMarked
package dev.bindery.binding.minilm;

import org.jspecify.annotations.NullMarked;
