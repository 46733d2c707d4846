/**
 * What is to be held to the contract, and how to reach it. Uses {@code upstream} and the contract.
 */
@NullMarked
package dev.bindery.testkit;

import org.jspecify.annotations.NullMarked;
