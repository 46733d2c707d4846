/** An upstream that costs next to nothing, in a process of its own. Calls no other room. */
@NullMarked
package dev.bindery.benchmarks.upstream;

import org.jspecify.annotations.NullMarked;
