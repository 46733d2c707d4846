/** The small parts of process isolation; the whole is tested with real children by the worker. */
@NullMarked
package dev.bindery.host.process;

import org.jspecify.annotations.NullMarked;
