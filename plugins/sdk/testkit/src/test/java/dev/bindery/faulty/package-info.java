/** A binding that can be broken in one way at a time, and a provider for it. */
@NullMarked
package dev.bindery.faulty;

import org.jspecify.annotations.NullMarked;
