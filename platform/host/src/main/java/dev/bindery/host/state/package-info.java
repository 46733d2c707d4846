/**
 * What is desired and must outlive the host: one file, replaced as a whole. Uses {@code document}.
 */
@NullMarked
package dev.bindery.host.state;

import org.jspecify.annotations.NullMarked;
