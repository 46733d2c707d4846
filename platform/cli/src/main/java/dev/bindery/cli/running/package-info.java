/**
 * A host in this process: started with its HTTP server, announced, and stopped in good order. Uses
 * the doors of the host and of the server, and the room {@code shell}.
 */
@NullMarked
package dev.bindery.cli.running;

import org.jspecify.annotations.NullMarked;
