/**
 * What stands at the far end of a call and says when it is reached and when it is told to stop: a
 * binding, and an upstream. Calls {@code upstream}.
 */
@NullMarked
package dev.bindery.benchmarks.probe;

import org.jspecify.annotations.NullMarked;
