/**
 * What the operator chooses: address, hosts, origins, keys, limits. Plain values that know nothing
 * of HTTP libraries; every other room may read them.
 */
@NullMarked
package dev.bindery.server.options;

import org.jspecify.annotations.NullMarked;
