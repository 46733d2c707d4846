/**
 * What a host is to be run with, wherever it was chosen: on the command line, in the environment,
 * in {@code conf/bindery.yaml}. Uses the room {@code shell}, and of the host how files that people
 * edit are read.
 */
@NullMarked
package dev.bindery.cli.settings;

import org.jspecify.annotations.NullMarked;
