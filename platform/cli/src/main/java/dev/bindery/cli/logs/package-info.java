/**
 * Reading the log that a host writes: its files, its records, which of them are asked for. May use
 * the room {@code shell}.
 */
@NullMarked
package dev.bindery.cli.logs;

import org.jspecify.annotations.NullMarked;
