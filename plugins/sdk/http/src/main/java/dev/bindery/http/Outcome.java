package dev.bindery.http;

/** What one try to send a request came to. */
sealed interface Outcome permits Reply, Failure {}
