package dev.bindery.server.http;

/** Who may use an API. */
public enum Access {
    /** Everybody, under whatever host name and from whatever origin: health. */
    OPEN,
    /** Whoever comes under a known host name and from an allowed origin. */
    GREETING,
    /** Who, besides, shows an API key, where there are keys, or is a browser that has logged in. */
    API_KEY,
    /** Who, besides, shows the admin token, or is a browser that has logged in. */
    ADMIN,
    /**
     * Whoever shows the admin token or a key for all models, under whatever host name; without one,
     * whoever could use the LLM APIs without a key.
     */
    METRICS
}
