/** Leaks that are planted, to be found. */
@NullMarked
package dev.bindery.host.isolation.leak;

import org.jspecify.annotations.NullMarked;
