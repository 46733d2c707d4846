/**
 * The truth about what runs: one serial queue for each binding, which brings the generations and
 * instances that run in line with what is wanted. The only room that has bindings started and
 * stopped; it uses {@code artifact}, {@code generation}, {@code state}, {@code instance}, {@code
 * call}, {@code isolation}, {@code presence}, {@code notification}, {@code document} and {@code
 * checkpoint}.
 */
@NullMarked
package dev.bindery.host.lifecycle;

import org.jspecify.annotations.NullMarked;
