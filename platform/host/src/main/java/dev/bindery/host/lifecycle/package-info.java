/**
 * The truth about what runs: one serial queue for each binding, generations that are loaded,
 * started, swapped and retired, and the durable state of what is desired. The only room that starts
 * and stops bindings; it uses {@code artifact}, {@code isolation}, {@code instance}, {@code call},
 * {@code presence} and {@code notification}.
 */
@NullMarked
package dev.bindery.host.lifecycle;

import org.jspecify.annotations.NullMarked;
