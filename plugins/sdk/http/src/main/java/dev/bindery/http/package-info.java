/**
 * What bindings that speak HTTP share: one {@link dev.bindery.http.Upstream} for each instance,
 * readers for streamed answers, error codes from a provider's answers, safe retries, and JSON.
 *
 * <p>The host gives this package to a binding, together with OkHttp, Okio, Kotlin and Jackson, so
 * no binding's jar carries them and no binding's class loader is held by their threads. It touches
 * the contract ({@code dev.bindery.api}) and those libraries, and nothing of the host.
 */
@NullMarked
package dev.bindery.http;

import org.jspecify.annotations.NullMarked;
