/** The checks as a suite of JUnit 5. The only package that knows JUnit; uses {@code check}. */
@NullMarked
package dev.bindery.testkit.junit;

import org.jspecify.annotations.NullMarked;
