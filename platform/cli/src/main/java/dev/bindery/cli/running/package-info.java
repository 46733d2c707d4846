/**
 * A host in this process: started with its HTTP server, announced, and stopped in good order. Uses
 * the doors of the host and of the server, and the rooms {@code admin}, {@code settings} and {@code
 * shell}.
 */
@NullMarked
package dev.bindery.cli.running;

import org.jspecify.annotations.NullMarked;
