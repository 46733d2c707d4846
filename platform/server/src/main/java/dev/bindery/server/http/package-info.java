/**
 * HTTP itself: the listener, who may come in, which handler answers, how bodies are read and
 * refusals are told. The one room, with {@code connection}, that knows Helidon; it knows nothing of
 * models or of any API's forms. May use {@code account}, {@code connection}, {@code keys}, {@code
 * options}, {@code session} and {@code tls}.
 */
@NullMarked
package dev.bindery.server.http;

import org.jspecify.annotations.NullMarked;
