/**
 * What {@code bindery doctor} says of how a host is reached: the port, the API keys, the
 * certificate. Changes nothing; may use {@code keys}, {@code options} and {@code tls}.
 */
@NullMarked
package dev.bindery.server.diagnosis;

import org.jspecify.annotations.NullMarked;
