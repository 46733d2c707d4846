/**
 * The operator's shell: Apache Felix Gogo, started with the first session, with the host's own
 * commands in the scope {@code bindery}. May use the host's door and {@code presence}.
 */
@NullMarked
package dev.bindery.host.shell;

import org.jspecify.annotations.NullMarked;
