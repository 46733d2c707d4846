/** What everything has in common that stands before the models of a host. Calls no other room. */
@NullMarked
package dev.bindery.server.models;

import org.jspecify.annotations.NullMarked;
