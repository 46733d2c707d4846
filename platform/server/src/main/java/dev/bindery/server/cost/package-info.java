/**
 * What calls have taken and cost: the operator's prices, and the running totals of every instance
 * and model, which outlive the host. May use {@code account}, {@code json}, {@code http} for
 * refusals, and the host's door.
 */
@NullMarked
package dev.bindery.server.cost;

import org.jspecify.annotations.NullMarked;
