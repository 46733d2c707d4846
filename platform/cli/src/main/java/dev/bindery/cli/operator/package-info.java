/**
 * The operator's shell as its user sees it: lines go to the running host, which runs them. May use
 * the rooms {@code admin} and {@code shell}.
 */
@NullMarked
package dev.bindery.cli.operator;

import org.jspecify.annotations.NullMarked;
