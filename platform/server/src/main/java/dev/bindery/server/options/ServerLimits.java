package dev.bindery.server.options;

import java.time.Duration;

/**
 * What one client may take of the server. All limits stand here.
 *
 * @param bodyBytes the longest body of a request to the LLM APIs, unpacked
 * @param uploadBytes the longest jar that the admin API takes
 * @param drainBytes how much of an unwanted body is read to keep its connection usable
 * @param headerBytes all headers of a request together
 * @param targetBytes the first line of a request
 * @param connections the most TCP connections; more wait to be accepted
 * @param concurrentStreams the most HTTP/2 streams of one connection
 * @param jsonDepth how deep lists and objects of a body may be nested
 * @param choices the most answers of one request: its prompts times its {@code n}
 * @param embeddingInputs the most texts of one embeddings request
 * @param flushBytes how much of a stream is gathered at the most before it is written
 * @param idleConnection after how long without a request a connection is closed
 * @param arrival after how long a connection is closed whose client has not begun to speak: its TLS
 *     handshake included, until it is clear which HTTP it speaks
 * @param sessionIdle after how long without a request a browser's session ends
 * @param recall how much is remembered for clients that drop what providers attach
 */
public record ServerLimits(
        long bodyBytes,
        long uploadBytes,
        long drainBytes,
        int headerBytes,
        int targetBytes,
        int connections,
        int concurrentStreams,
        int jsonDepth,
        int choices,
        int embeddingInputs,
        int flushBytes,
        Duration idleConnection,
        Duration arrival,
        Duration sessionIdle,
        RecallLimits recall) {
    /** Generous for people, far from what would hurt the host. */
    public static final ServerLimits DEFAULTS =
            new ServerLimits(
                    64L << 20,
                    1L << 30,
                    16L << 20,
                    32 << 10,
                    8 << 10,
                    10_000,
                    256,
                    64,
                    128,
                    2048,
                    16 << 10,
                    Duration.ofMinutes(5),
                    Duration.ofSeconds(20),
                    Duration.ofMinutes(30),
                    RecallLimits.DEFAULTS);

    /** These limits with another longest body. */
    public ServerLimits withBodyBytes(long longest) {
        return new ServerLimits(
                longest,
                uploadBytes,
                drainBytes,
                headerBytes,
                targetBytes,
                connections,
                concurrentStreams,
                jsonDepth,
                choices,
                embeddingInputs,
                flushBytes,
                idleConnection,
                arrival,
                sessionIdle,
                recall);
    }

    /** These limits with another time until a client must have begun to speak. */
    public ServerLimits withArrival(Duration longest) {
        return new ServerLimits(
                bodyBytes,
                uploadBytes,
                drainBytes,
                headerBytes,
                targetBytes,
                connections,
                concurrentStreams,
                jsonDepth,
                choices,
                embeddingInputs,
                flushBytes,
                idleConnection,
                longest,
                sessionIdle,
                recall);
    }

    /** These limits with another time after which unused sessions end. */
    public ServerLimits withSessionIdle(Duration longest) {
        return new ServerLimits(
                bodyBytes,
                uploadBytes,
                drainBytes,
                headerBytes,
                targetBytes,
                connections,
                concurrentStreams,
                jsonDepth,
                choices,
                embeddingInputs,
                flushBytes,
                idleConnection,
                arrival,
                longest,
                recall);
    }

    /** These limits with another memory for what clients drop. */
    public ServerLimits withRecall(RecallLimits memory) {
        return new ServerLimits(
                bodyBytes,
                uploadBytes,
                drainBytes,
                headerBytes,
                targetBytes,
                connections,
                concurrentStreams,
                jsonDepth,
                choices,
                embeddingInputs,
                flushBytes,
                idleConnection,
                arrival,
                sessionIdle,
                memory);
    }
}
