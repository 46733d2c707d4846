/** Tests of the assembled distribution: real processes, from the outside only. */
@NullMarked
package dev.bindery.distribution;

import org.jspecify.annotations.NullMarked;
