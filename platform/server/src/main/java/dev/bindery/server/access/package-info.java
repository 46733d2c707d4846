/**
 * The access log: a line for each request, and nothing of what was said. May use {@code account}
 * and {@code json}.
 */
@NullMarked
package dev.bindery.server.access;

import org.jspecify.annotations.NullMarked;
