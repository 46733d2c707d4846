/** The moments of a change at which a host may be killed or its disk be full, named for tests. */
@NullMarked
package dev.bindery.host.checkpoint;

import org.jspecify.annotations.NullMarked;
