/**
 * What {@code bindery doctor} says: of a home, whether a host runs on it or not, and of a running
 * host. Sees both only as everybody does, through the door; changes nothing.
 */
@NullMarked
package dev.bindery.host.diagnosis;

import org.jspecify.annotations.NullMarked;
