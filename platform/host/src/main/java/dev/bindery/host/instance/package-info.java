/**
 * What the operator configured: instances with their settings, secrets kept apart, the order in
 * which bare model names are looked up. Reads and writes {@code conf/} and {@code secrets/}; may
 * use {@code document}. Knows nothing of running code.
 */
@NullMarked
package dev.bindery.host.instance;

import org.jspecify.annotations.NullMarked;
