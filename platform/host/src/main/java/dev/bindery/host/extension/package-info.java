/**
 * Bundles that extend the host: installed, started, updated and uninstalled as their jars come,
 * change and go in a folder. May use {@code presence}, of {@code artifact} the watching and
 * checking of jars, and {@code notification}.
 */
@NullMarked
package dev.bindery.host.extension;

import org.jspecify.annotations.NullMarked;
