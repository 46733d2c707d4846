/**
 * The binding protocol's wire form: every type of the contract as JSON and back. Host and worker
 * share it, so that the two sides cannot differ. What a peer sends that is not known here is
 * skipped, never an error; what is missing or of a wrong type is a {@link
 * dev.bindery.host.protocol.ProtocolException} that names the field.
 *
 * <p>It knows the contract and Jackson's tree, and no other room. The protocol as a whole is
 * described in {@code platform/worker/README.md}.
 */
@NullMarked
package dev.bindery.host.protocol;

import org.jspecify.annotations.NullMarked;
