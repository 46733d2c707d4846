/**
 * The clients that people have, each in front of every kind of model; and what one API says, as a
 * provider hears it that speaks another. Calls the tests' view of a host.
 */
package dev.bindery.distribution.clients;
