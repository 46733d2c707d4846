/**
 * A conversation with a model of a running host, through the API that every client uses. May use
 * the rooms {@code admin} (for JSON) and {@code shell}.
 */
@NullMarked
package dev.bindery.cli.chat;

import org.jspecify.annotations.NullMarked;
