/** The client of all measurements over HTTP, the same for every subject. Calls {@code report}. */
@NullMarked
package dev.bindery.benchmarks.client;

import org.jspecify.annotations.NullMarked;
