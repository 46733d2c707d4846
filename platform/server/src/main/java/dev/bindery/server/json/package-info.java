/**
 * JSON in and out: bodies read with every complaint naming its place, and answers written straight
 * into bytes. Knows no API and no model. May use {@code http} for refusals.
 */
@NullMarked
package dev.bindery.server.json;

import org.jspecify.annotations.NullMarked;
