/** Ends hosts, and fails their disks, at every moment of a change. */
@NullMarked
package dev.bindery.host.checkpoint;

import org.jspecify.annotations.NullMarked;
