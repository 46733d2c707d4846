/**
 * Providers that are none: what a binding calls while it is tried. Uses nothing but the contract.
 */
@NullMarked
package dev.bindery.testkit.upstream;

import org.jspecify.annotations.NullMarked;
