/**
 * Starts a host inside of a Java program: makes its home, locks it, starts Felix and puts the rooms
 * together. The only room that knows all others.
 */
@NullMarked
package dev.bindery.host.embedded;

import org.jspecify.annotations.NullMarked;
