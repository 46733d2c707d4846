/**
 * Random walks: an operator, clients and accidents do anything in any order to a host in this JVM,
 * and after each step it must be as a model says. Calls {@code sequence}.
 */
package dev.bindery.distribution.walk;
