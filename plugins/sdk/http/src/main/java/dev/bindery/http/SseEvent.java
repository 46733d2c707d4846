package dev.bindery.http;

import org.apiguardian.api.API;

/**
 * One server-sent event.
 *
 * @param type its name; {@code message} unless the stream says otherwise
 * @param data its data lines, joined by line feeds
 * @param id the stream's last id up to here; empty when there is none
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public record SseEvent(String type, String data, String id) {}
