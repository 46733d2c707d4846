/**
 * Everything that can be changed is changed, again and again, under clients that check every answer
 * to the letter. Calls {@code sequence} and the tests' view of a host.
 */
package dev.bindery.distribution.swap;
