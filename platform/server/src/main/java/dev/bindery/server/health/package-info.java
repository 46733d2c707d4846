/** For whoever watches over the process: alive and ready. May use {@code http} and {@code json}. */
@NullMarked
package dev.bindery.server.health;

import org.jspecify.annotations.NullMarked;
