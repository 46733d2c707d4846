/** The console as a person uses it: in a real browser, against an assembled host. */
package dev.bindery.distribution.browser;
