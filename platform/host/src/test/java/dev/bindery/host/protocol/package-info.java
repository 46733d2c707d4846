/** The wire form is exact in both directions, and unmoved by what it does not know. */
@NullMarked
package dev.bindery.host.protocol;

import org.jspecify.annotations.NullMarked;
