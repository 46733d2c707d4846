/**
 * The child process behind {@code isolation: process}: it loads one binding's jar and serves the
 * binding protocol for it, on loopback, until its standard input ends.
 *
 * <p>Of the host it uses the wire form, the cancellation and the rules of class loading. The
 * protocol is described in the module's README.
 */
@NullMarked
package dev.bindery.worker;

import org.jspecify.annotations.NullMarked;
