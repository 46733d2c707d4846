/**
 * The binding that starts a local model server and keeps it running.
 *
 * <p>{@link dev.bindery.binding.managed.ManagedBinding} is its door. {@code CommandLine} writes the
 * server's command line, from a {@code Preset} or the operator's own words; {@code ServerProcess}
 * is one run of it; {@code Supervisor} starts it, waits until it is ready, starts it again when it
 * ends, and gives callers the way to it. The protocol is the shared library's ({@code
 * dev.bindery.openai}). It touches the contract, that library and the shared HTTP library.
 */
@NullMarked
package dev.bindery.binding.managed;

import org.jspecify.annotations.NullMarked;
