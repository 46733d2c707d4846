/**
 * Jars on disk: watching the drop folder, copying a jar aside once it is whole, reading its card,
 * and refusing what must not be loaded. Runs no code of any binding. May use {@code document}.
 */
@NullMarked
package dev.bindery.host.artifact;

import org.jspecify.annotations.NullMarked;
