/**
 * What a browser gets: the way into and out of a session, and, with one, the console, a program for
 * the browser whose files lie beside this room's classes as resources. It does everything through
 * the APIs that other clients use. May use {@code http} and {@code session}.
 */
@NullMarked
package dev.bindery.server.console;

import org.jspecify.annotations.NullMarked;
