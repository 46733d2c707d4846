/**
 * Turns a staged jar into objects and back: a class loader of its own through PF4J, what of the
 * host is visible in it, and the watch that the loader is collected afterwards. May use {@code
 * artifact}; knows nothing of instances or calls.
 */
@NullMarked
package dev.bindery.host.isolation;

import org.jspecify.annotations.NullMarked;
