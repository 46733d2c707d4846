/** Tests of what the operator configured. */
@NullMarked
package dev.bindery.host.instance;

import org.jspecify.annotations.NullMarked;
