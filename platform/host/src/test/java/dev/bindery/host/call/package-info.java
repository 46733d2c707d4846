/** What calls are made of, piece by piece. */
@NullMarked
package dev.bindery.host.call;

import org.jspecify.annotations.NullMarked;
