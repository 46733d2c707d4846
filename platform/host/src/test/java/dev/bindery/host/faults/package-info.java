/**
 * What hostile and careless bindings try, while their neighbours serve and must not miss a beat.
 */
@NullMarked
package dev.bindery.host.faults;

import org.jspecify.annotations.NullMarked;
