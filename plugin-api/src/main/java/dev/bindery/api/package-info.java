/**
 * The contract between a binding and the host that runs it.
 *
 * <p>A binding extends {@link dev.bindery.api.LlmBinding}, names its class in {@code
 * META-INF/services/dev.bindery.api.LlmBinding} and carries a {@code config.yaml}, its {@link
 * dev.bindery.api.BindingCard}. Nothing else of the host is visible to it.
 *
 * <p>The package depends on nothing but the JDK at run time. Sets that will grow (operation types,
 * error codes, finish reasons, capabilities, roles, kinds of parts) are values with constants,
 * never enums: expect values that you do not know, and ignore them.
 */
@NullMarked
package dev.bindery.api;

import org.jspecify.annotations.NullMarked;
