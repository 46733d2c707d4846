/**
 * Fetching what a client names by its address. The one room that opens connections of its own, and
 * only to where the operator lets a client send this server: public addresses, and hosts that are
 * named. May use {@code http} for refusals, {@code options}, and the host's door.
 */
@NullMarked
package dev.bindery.server.fetch;

import org.jspecify.annotations.NullMarked;
