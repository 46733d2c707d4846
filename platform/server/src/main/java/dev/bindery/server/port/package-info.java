/**
 * Whether an address is free to listen on, and who has it. Uses no other room; the only one that
 * looks at processes of the system.
 */
@NullMarked
package dev.bindery.server.port;

import org.jspecify.annotations.NullMarked;
