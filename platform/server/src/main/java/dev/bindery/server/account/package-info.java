/**
 * What became of each request: its way from arrival to end, and the calls of models that it made.
 * The door opens an account for each request and closes it; {@code metrics} and the access log read
 * it then. May use the host's door.
 */
@NullMarked
package dev.bindery.server.account;

import org.jspecify.annotations.NullMarked;
