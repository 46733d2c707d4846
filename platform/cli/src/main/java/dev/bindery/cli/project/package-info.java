/**
 * The project of a new binding: its name, and the files that it begins with. They are resources
 * beside the classes; what stands in double braces is put in. Calls no other room.
 */
@NullMarked
package dev.bindery.cli.project;

import org.jspecify.annotations.NullMarked;
