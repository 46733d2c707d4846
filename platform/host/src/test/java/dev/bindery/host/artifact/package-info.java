/** Cards, versions and ranges. */
@NullMarked
package dev.bindery.host.artifact;

import org.jspecify.annotations.NullMarked;
