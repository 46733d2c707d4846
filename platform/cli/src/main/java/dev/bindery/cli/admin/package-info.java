/**
 * Talks to a running host: finds its address and its token, asks its admin API. May use the room
 * {@code shell}.
 */
@NullMarked
package dev.bindery.cli.admin;

import org.jspecify.annotations.NullMarked;
