/**
 * The echo binding: {@link dev.bindery.echo.EchoBinding} is what the host calls, {@link
 * dev.bindery.echo.Recital} gives one answer, {@link dev.bindery.echo.Script} says what an answer
 * does beyond echoing. Touches nothing but the contract and the JDK: no network, no file.
 */
@NullMarked
package dev.bindery.echo;

import org.jspecify.annotations.NullMarked;
