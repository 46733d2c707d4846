/**
 * What the server knows of its clients' connections: whether the client of a request is still
 * there. Knows Helidon's connections; knows nothing of bindings, adapters or HTTP semantics.
 */
@NullMarked
package dev.bindery.server.connection;

import org.jspecify.annotations.NullMarked;
