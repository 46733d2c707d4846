/** What the lifecycle decides where no real jar shows it soon enough. */
@NullMarked
package dev.bindery.host.lifecycle;

import org.jspecify.annotations.NullMarked;
