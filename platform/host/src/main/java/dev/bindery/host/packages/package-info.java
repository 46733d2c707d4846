/**
 * Fetching what a binding needs beyond its jar: files by address, files out of Python wheels, and
 * Maven artifacts. {@link dev.bindery.host.packages.InstancePackages} is the door; the rest are its
 * steps. This room knows the contract and the network, and nothing else of the host.
 */
@NullMarked
package dev.bindery.host.packages;

import org.jspecify.annotations.NullMarked;
