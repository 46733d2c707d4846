/** The worker as its host sees it: real child processes with real jars. */
@NullMarked
package dev.bindery.worker;

import org.jspecify.annotations.NullMarked;
