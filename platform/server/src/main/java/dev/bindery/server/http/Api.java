package dev.bindery.server.http;

/**
 * One API of the server.
 *
 * @param prefix what its paths begin with; the longest prefix decides
 * @param access who may use it
 * @param errors how it tells refusals
 * @param routes what it answers
 */
public record Api(String prefix, Access access, ErrorForm errors, Routes routes) {}
