/**
 * What stands at the far end of a call: a binding and an upstream that say when they are reached
 * and when they are told to stop, and a binding that counts. Calls {@code upstream}.
 */
@NullMarked
package dev.bindery.benchmarks.probe;

import org.jspecify.annotations.NullMarked;
