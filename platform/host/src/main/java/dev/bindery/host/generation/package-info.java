/**
 * A staged jar into running instances and back: loads generations, installs and starts what is in
 * them within time limits, stops it again once its calls have ended. Decides nothing: {@code
 * lifecycle} says what is to run. Uses {@code artifact}, {@code isolation}, {@code instance},
 * {@code call}, {@code presence}, {@code document} and {@code notification}.
 */
@NullMarked
package dev.bindery.host.generation;

import org.jspecify.annotations.NullMarked;
