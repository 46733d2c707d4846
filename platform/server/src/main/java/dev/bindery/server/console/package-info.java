/**
 * What a browser gets: the page at the root, and the way into and out of a session. May use {@code
 * http} and {@code session}.
 */
@NullMarked
package dev.bindery.server.console;

import org.jspecify.annotations.NullMarked;
