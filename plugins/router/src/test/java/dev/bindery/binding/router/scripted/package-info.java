/** A target of the tests, which goes into a jar of its own. */
@NullMarked
package dev.bindery.binding.router.scripted;

import org.jspecify.annotations.NullMarked;
