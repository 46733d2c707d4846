/**
 * What a binding that runs in the host cannot do to the whole process: the calls that would end it
 * or change it for everybody are replaced in its class files as they are loaded. Knows nothing of
 * other rooms. It contains mistakes; reflection finds a way around it.
 */
@NullMarked
package dev.bindery.host.isolation.guard;

import org.jspecify.annotations.NullMarked;
