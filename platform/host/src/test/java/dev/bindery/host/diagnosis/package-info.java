/** Homes and hosts that are not as they should be. */
@NullMarked
package dev.bindery.host.diagnosis;

import org.jspecify.annotations.NullMarked;
