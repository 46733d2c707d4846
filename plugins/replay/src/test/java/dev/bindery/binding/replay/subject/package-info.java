/** What is recorded in the tests, in a jar of its own. */
@NullMarked
package dev.bindery.binding.replay.subject;

import org.jspecify.annotations.NullMarked;
