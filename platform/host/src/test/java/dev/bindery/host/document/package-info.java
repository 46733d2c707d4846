/** Documents that people edit. */
@NullMarked
package dev.bindery.host.document;

import org.jspecify.annotations.NullMarked;
