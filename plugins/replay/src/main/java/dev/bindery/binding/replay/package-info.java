/**
 * Records calls and answers from recordings. {@link dev.bindery.binding.replay.ReplayBinding} is
 * the binding; a {@link dev.bindery.binding.replay.Question} is a call without what makes no
 * difference to its answer, a {@link dev.bindery.binding.replay.Recording} what came of it, and
 * {@link dev.bindery.binding.replay.Library} the folder of them. The classes named {@code …Form}
 * write parts of the contract as JSON and read them again.
 */
@NullMarked
package dev.bindery.binding.replay;

import org.jspecify.annotations.NullMarked;
