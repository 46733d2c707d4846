/**
 * Sessions of browsers: one-use codes that begin them, how long they last, what tells that a change
 * comes from the server's own page. Knows no HTTP and no other room.
 */
@NullMarked
package dev.bindery.server.session;

import org.jspecify.annotations.NullMarked;
