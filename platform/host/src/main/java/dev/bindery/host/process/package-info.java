/**
 * Process isolation as the host sees it: {@link dev.bindery.host.process.ProcessBinding} is a
 * binding whose code runs in a child process, which is started, watched, started again after a
 * crash, and ended with everything that it started.
 *
 * <p>It may use the contract, the room {@code protocol} and the host's cancellation, and nothing
 * else of the host: whoever makes a process binding gives it its command, its code and its folder.
 */
@NullMarked
package dev.bindery.host.process;

import org.jspecify.annotations.NullMarked;
