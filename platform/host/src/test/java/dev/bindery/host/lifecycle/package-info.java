/** What the lifecycle does where no real jar shows it. */
@NullMarked
package dev.bindery.host.lifecycle;

import org.jspecify.annotations.NullMarked;
