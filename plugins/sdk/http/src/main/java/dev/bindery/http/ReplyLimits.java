package dev.bindery.http;

import org.apiguardian.api.API;

/**
 * How much of an answer is taken before it is refused as {@link
 * dev.bindery.api.ErrorCode#UPSTREAM_ERROR}, so that a provider that misbehaves cannot exhaust the
 * host's memory.
 *
 * @param lineBytes the longest line of a stream
 * @param eventBytes the largest event of a stream, all its data lines together
 * @param bodyBytes the largest answer that is read as a whole, after decompression
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public record ReplyLimits(long lineBytes, long eventBytes, long bodyBytes) {
    private static final long MEBIBYTE = 1 << 20;

    /** 16 MiB for a line and for an event, 128 MiB for a whole answer. */
    public static final ReplyLimits DEFAULTS =
            new ReplyLimits(16 * MEBIBYTE, 16 * MEBIBYTE, 128 * MEBIBYTE);

    public ReplyLimits {
        if (lineBytes < 1 || eventBytes < 1 || bodyBytes < 1) {
            throw new IllegalArgumentException("a limit is at least one byte");
        }
    }
}
