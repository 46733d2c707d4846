/**
 * The watch that the class loaders of unloaded generations are collected, and what holds one that
 * is not. Knows nothing of other rooms.
 */
@NullMarked
package dev.bindery.host.isolation.leak;

import org.jspecify.annotations.NullMarked;
