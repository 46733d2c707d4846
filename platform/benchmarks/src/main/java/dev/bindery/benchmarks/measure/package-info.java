/** One class for each measurement. Calls all other rooms but {@code micro}. */
@NullMarked
package dev.bindery.benchmarks.measure;

import org.jspecify.annotations.NullMarked;
