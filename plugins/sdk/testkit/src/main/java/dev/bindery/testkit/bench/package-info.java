/**
 * A binding on the bench: its code loaded as a host does it, called without a host around it, with
 * everything that it does listened to; and a whole host beside it. Uses {@code testkit}, {@code
 * upstream} and the host.
 */
@NullMarked
package dev.bindery.testkit.bench;

import org.jspecify.annotations.NullMarked;
