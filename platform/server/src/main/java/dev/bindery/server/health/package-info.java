/**
 * For whoever watches over the process: alive, ready, and what stands at the root. May use {@code
 * http} and {@code json}.
 */
@NullMarked
package dev.bindery.server.health;

import org.jspecify.annotations.NullMarked;
