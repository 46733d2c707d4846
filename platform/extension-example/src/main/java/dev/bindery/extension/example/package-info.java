/** A host extension, as small as one can be that both hears events and has a command. */
@NullMarked
package dev.bindery.extension.example;

import org.jspecify.annotations.NullMarked;
