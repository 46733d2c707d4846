/** Events, their numbers and their limits. */
@NullMarked
package dev.bindery.host.notification;

import org.jspecify.annotations.NullMarked;
