/**
 * Holds the contract against what its releases were. A release is kept as a text, one line for each
 * class and member that an author can use ({@link dev.bindery.compatibility.Signatures}), from
 * which the build makes classes again, to be compared by japicmp.
 */
@NullMarked
package dev.bindery.compatibility;

import org.jspecify.annotations.NullMarked;
