@NullMarked
package dev.bindery.binding.router;

import org.jspecify.annotations.NullMarked;
