@NullMarked
package dev.bindery.binding.replay;

import org.jspecify.annotations.NullMarked;
