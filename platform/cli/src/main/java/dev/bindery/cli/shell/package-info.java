/**
 * What is around the program, and how things are shown there: streams, environment, terminal,
 * progress. Calls no other room.
 */
@NullMarked
package dev.bindery.cli.shell;

import org.jspecify.annotations.NullMarked;
