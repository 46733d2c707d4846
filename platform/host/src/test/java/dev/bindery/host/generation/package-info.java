/** What running instances do where no real jar shows it. */
@NullMarked
package dev.bindery.host.generation;

import org.jspecify.annotations.NullMarked;
