/**
 * The certificate that the server shows: read from PEM files with its key, and again when they
 * change. Knows nothing of HTTP; may use {@code files}.
 */
@NullMarked
package dev.bindery.server.tls;

import org.jspecify.annotations.NullMarked;
