/**
 * The command {@code bindery}: one class for each command. It calls the rooms below it: {@code
 * admin} to talk to a running host, {@code chat} to hold a conversation with its models, {@code
 * terminal} to show things.
 */
@NullMarked
package dev.bindery.cli;

import org.jspecify.annotations.NullMarked;
