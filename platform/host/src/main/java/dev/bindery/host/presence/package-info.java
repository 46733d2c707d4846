/**
 * Presence and administration through Apache Felix: the framework itself, the service registry that
 * says who serves under which name, EventAdmin and ConfigAdmin. Knows neither bindings nor calls;
 * may use {@code notification}.
 */
@NullMarked
package dev.bindery.host.presence;

import org.jspecify.annotations.NullMarked;
