/**
 * The checks themselves, in areas, and the report on a jar that went through them. Uses {@code
 * bench}, {@code upstream} and {@code testkit}; knows no test framework, since the command line
 * runs them too.
 */
@NullMarked
package dev.bindery.testkit.check;

import org.jspecify.annotations.NullMarked;
