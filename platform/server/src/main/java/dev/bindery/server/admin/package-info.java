/**
 * The admin API: all that CLI and console do with a host, as JSON. May use the host's door, {@code
 * http}, {@code json}, and of {@code answer} the calls in flight.
 */
@NullMarked
package dev.bindery.server.admin;

import org.jspecify.annotations.NullMarked;
