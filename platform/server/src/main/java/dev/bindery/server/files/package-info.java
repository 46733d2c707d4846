/**
 * How files look from outside, for those who have to know when one has changed. Knows no other
 * room.
 */
@NullMarked
package dev.bindery.server.files;

import org.jspecify.annotations.NullMarked;
