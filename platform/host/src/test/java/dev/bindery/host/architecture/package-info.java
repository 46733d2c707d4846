/** The rooms of the host keep to their doors. */
@NullMarked
package dev.bindery.host.architecture;

import org.jspecify.annotations.NullMarked;
