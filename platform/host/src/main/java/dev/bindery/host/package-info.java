/**
 * The door to the host: start one, see what it serves, change it, ask its models. Everything that
 * embeds a host (the server, the CLI, a Java program of your own) uses this package only; the rooms
 * below it are the host's own.
 */
@NullMarked
package dev.bindery.host;

import org.jspecify.annotations.NullMarked;
